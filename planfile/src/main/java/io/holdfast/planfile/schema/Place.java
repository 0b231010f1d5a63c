package io.holdfast.planfile.schema;

import com.networknt.schema.JsonNodePath;
import io.holdfast.planfile.problem.DocumentPath;
import io.holdfast.planfile.problem.Position;
import io.holdfast.planfile.yaml.YamlNode;

/**
 * A value in the tree with its path.
 *
 * @param at where its key begins, or the value itself in a list
 */
record Place(String path, Position at, YamlNode value) {

  static Place of(YamlNode.Mapping root, JsonNodePath location) {
    Place place = new Place("", root.at(), root);
    for (int i = 0; i < location.getNameCount(); i++) {
      place =
          location.getElement(i) instanceof Integer index
              ? place.item(index)
              : place.child(location.getName(i));
    }
    return place;
  }

  /** The value of {@code key}; where it is absent, this place under the key's path. */
  Place child(String key) {
    String childPath = DocumentPath.key(path, key);
    YamlNode.Entry entry =
        value instanceof YamlNode.Mapping mapping ? mapping.entries().get(key) : null;
    return entry == null
        ? new Place(childPath, at, value)
        : new Place(childPath, entry.key(), entry.value());
  }

  private Place item(int index) {
    YamlNode item = value instanceof YamlNode.Sequence list ? list.items().get(index) : value;
    return new Place(DocumentPath.item(path, index), item.at(), item);
  }
}
