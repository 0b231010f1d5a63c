package io.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The ratchet for length: a file has at most {@value #FILE_LINES} lines and a method at most
 * {@value #METHOD_LINES}. What was longer before stands in {@code ratchet.txt} with its length, and
 * may only become shorter.
 */
class TidyTest {
  private static final int FILE_LINES = 500;
  private static final int METHOD_LINES = 70;

  @Test
  void noFileOrMethodGrowsPastItsLimit() throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    List<Path> files = new ArrayList<>(Repository.javaFiles("src/main/java"));
    for (Path file : files) {
      int lines = Files.readAllLines(file).size();
      if (lines > FILE_LINES) {
        found.put(Repository.name(file), lines);
      }
    }
    methods(files)
        .forEach(
            (name, lines) -> {
              if (lines > METHOD_LINES) {
                found.put(name, lines);
              }
            });
    Map<String, Integer> allowed = ratchet();
    assertThat(found)
        .as(
            "too long: split it where it does two things. An entry of ratchet.txt that is shorter"
                + " now, or gone, has to be lowered or taken out")
        .isEqualTo(allowed);
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    List<String> silent =
        Repository.javaFiles("src/main/java").stream()
            .map(Path::getParent)
            .distinct()
            .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
            .map(Repository::name)
            .toList();
    assertThat(silent).as("packages without a package-info.java").isEmpty();
  }

  private static Map<String, Integer> ratchet() throws IOException {
    Map<String, Integer> allowed = new TreeMap<>();
    String text =
        new String(
            TidyTest.class.getResourceAsStream("/ratchet.txt").readAllBytes(),
            StandardCharsets.UTF_8);
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              allowed.put(line.substring(0, space), Integer.parseInt(line.substring(space + 1)));
            });
    return allowed;
  }

  /** Lines of each method by file and name, the longest of those with the same name. */
  private static Map<String, Integer> methods(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, Integer> lengths = new TreeMap<>();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        String file = Repository.name(Path.of(unit.getSourceFile().toUri()));
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitMethod(MethodTree method, Void unused) {
            LineMap lines = unit.getLineMap();
            long start = positions.getStartPosition(unit, method);
            long end = positions.getEndPosition(unit, method);
            if (end > start) {
              int length = (int) (lines.getLineNumber(end) - lines.getLineNumber(start) + 1);
              lengths.merge(file + "#" + method.getName(), length, Math::max);
            }
            return super.visitMethod(method, unused);
          }
        }.scan(unit, null);
      }
    }
    return lengths;
  }
}
