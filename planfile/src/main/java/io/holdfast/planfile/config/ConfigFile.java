package io.holdfast.planfile.config;

import io.holdfast.planfile.problem.Problems;
import io.holdfast.planfile.yaml.Form;
import io.holdfast.planfile.yaml.Section;
import io.holdfast.planfile.yaml.SourceText;
import io.holdfast.planfile.yaml.YamlNode;
import io.holdfast.planfile.yaml.YamlParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A configuration file while it is read: every problem is collected, then the result is made. */
final class ConfigFile {

  private final Problems problems;
  private final Path directory;
  private final Optional<Section> root;

  private ConfigFile(Problems problems, Path directory, Optional<Section> root) {
    this.problems = problems;
    this.directory = directory;
    this.root = root;
  }

  static ConfigFile open(Path file) {
    Problems problems = new Problems(file.toString());
    Optional<YamlNode.Mapping> tree =
        SourceText.read(file, problems).flatMap(text -> YamlParser.parse(text, problems));
    Path parent = file.getParent() == null ? Path.of("") : file.getParent();
    return new ConfigFile(problems, parent, tree.map(found -> new Section(found, problems)));
  }

  /** A file that was read already. */
  static ConfigFile of(String text, String name) {
    Problems problems = new Problems(name);
    Optional<YamlNode.Mapping> tree = YamlParser.parse(text, problems);
    return new ConfigFile(problems, Path.of(""), tree.map(found -> new Section(found, problems)));
  }

  /** Empty when the file cannot be read at all. */
  Optional<Section> root() {
    return root;
  }

  /** Relative paths are meant from here. */
  Path directory() {
    return directory;
  }

  Form<Path> path() {
    return ConfigForms.path(directory);
  }

  /**
   * The three files of {@code tls} in {@code parent}. Each must be readable; only a file that is
   * both certificate and key may be missing: it comes with the enrolment of this host, or the
   * collector makes it.
   */
  Optional<TlsFiles> tls(Section parent) {
    Optional<Section> section = parent.requiredSection("tls");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> certificate = section.get().required("certificate", path());
    Optional<Path> key = section.get().required("key", path());
    boolean yetToBeMade = certificate.equals(key) && certificate.filter(Files::exists).isEmpty();
    if (!yetToBeMade) {
      certificate = certificate.filter(file -> isReadable(section.get(), "certificate", file));
      key = key.filter(file -> isReadable(section.get(), "key", file));
    }
    Optional<Path> ca = readable(section.get(), "ca");
    section.get().refuseOtherKeys();
    return certificate.isPresent() && key.isPresent() && ca.isPresent()
        ? Optional.of(new TlsFiles(certificate.get(), key.get(), ca.get()))
        : Optional.empty();
  }

  /** The result, made only when no problem was found. */
  <T> ConfigResult<T> result(Supplier<T> config) {
    return problems.isEmpty()
        ? new ConfigResult.Valid<>(config.get())
        : new ConfigResult.Invalid<>(problems.sorted());
  }

  /** The file of {@code key}, which must be readable. */
  Optional<Path> readable(Section section, String key) {
    return section.required(key, path()).filter(file -> isReadable(section, key, file));
  }

  private static boolean isReadable(Section section, String key, Path file) {
    if (!Files.isRegularFile(file)) {
      section.refuse(key, "there is no file " + file);
      return false;
    }
    if (!Files.isReadable(file)) {
      section.refuse(key, "the file " + file + " cannot be read: permission denied");
      return false;
    }
    return true;
  }
}
