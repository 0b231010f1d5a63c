package io.holdfast.agent.act.systemd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.Variant;

/**
 * The library's values as Java's own: texts, numbers, truths, lists and maps. A byte array (a byte
 * each) becomes a list of numbers.
 */
final class PlainValues {

  private PlainValues() {}

  static List<Object> of(Object[] values) {
    List<Object> plain = new ArrayList<>(values.length);
    for (Object value : values) {
      plain.add(of(value));
    }
    return plain;
  }

  private static Object of(Object value) {
    return switch (value) {
      case Variant<?> variant -> of(variant.getValue());
      case DBusPath path -> path.getPath();
      case Object[] several -> of(several);
      case byte[] bytes -> numbers(bytes);
      case Collection<?> several -> of(several.toArray());
      case Map<?, ?> map -> {
        Map<Object, Object> plain = new LinkedHashMap<>();
        map.forEach((key, mapped) -> plain.put(of(key), of(mapped)));
        yield plain;
      }
      default -> value;
    };
  }

  private static List<Object> numbers(byte[] bytes) {
    List<Object> numbers = new ArrayList<>(bytes.length);
    for (byte one : bytes) {
      numbers.add(one);
    }
    return numbers;
  }
}
