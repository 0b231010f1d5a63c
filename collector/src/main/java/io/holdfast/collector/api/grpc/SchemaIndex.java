package io.holdfast.collector.api.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds .proto files by their name and by what stands in them. */
final class SchemaIndex {
  private final Map<String, FileDescriptor> byName;
  private final Map<String, FileDescriptor> bySymbol = new LinkedHashMap<>();

  private SchemaIndex(Map<String, FileDescriptor> byName) {
    this.byName = byName;
    byName.values().forEach(this::addSymbols);
  }

  /** Of these files and all that they import. */
  static SchemaIndex of(Collection<FileDescriptor> files) {
    Map<String, FileDescriptor> byName = new LinkedHashMap<>();
    files.forEach(file -> addFile(byName, file));
    return new SchemaIndex(byName);
  }

  private static void addFile(Map<String, FileDescriptor> files, FileDescriptor file) {
    if (files.putIfAbsent(file.getName(), file) == null) {
      file.getDependencies().forEach(imported -> addFile(files, imported));
    }
  }

  /** The file of that name. */
  Optional<FileDescriptor> file(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The file in which that service, method, message, field, enum or enum value stands. */
  Optional<FileDescriptor> fileOf(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol));
  }

  /** The file first, then all that it imports. */
  List<FileDescriptor> withDependencies(FileDescriptor file) {
    Map<String, FileDescriptor> files = new LinkedHashMap<>();
    addFile(files, file);
    return List.copyOf(files.values());
  }

  private void addSymbols(FileDescriptor file) {
    file.getServices()
        .forEach(
            service -> {
              add(service);
              service.getMethods().forEach(this::add);
            });
    file.getMessageTypes().forEach(this::addMessage);
    file.getEnumTypes().forEach(this::addEnum);
  }

  private void addMessage(Descriptor message) {
    add(message);
    message.getFields().forEach(this::add);
    message.getOneofs().forEach(this::add);
    message.getNestedTypes().forEach(this::addMessage);
    message.getEnumTypes().forEach(this::addEnum);
  }

  private void addEnum(EnumDescriptor type) {
    add(type);
    type.getValues().forEach(this::add);
  }

  private void add(GenericDescriptor symbol) {
    bySymbol.put(symbol.getFullName(), symbol.getFile());
  }
}
