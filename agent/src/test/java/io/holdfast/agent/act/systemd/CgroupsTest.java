package io.holdfast.agent.act.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupsTest {
  @TempDir Path root;

  private Cgroups cgroups() {
    return new Cgroups(root, Path.of("/proc"));
  }

  private void hierarchy() throws IOException {
    Files.writeString(root.resolve("cgroup.procs"), "");
  }

  private Path group(String populated, String pids) throws IOException {
    Path group = Files.createDirectories(root.resolve("system.slice/a.service"));
    Files.writeString(group.resolve("cgroup.events"), "populated " + populated + "\nfrozen 0\n");
    Files.writeString(group.resolve("cgroup.procs"), pids);
    return group;
  }

  @Test
  void believesTheKernelThatACgroupIsEmpty() throws IOException {
    hierarchy();
    group("1", "");
    assertThat(cgroups().isEmpty("/system.slice/a.service")).isFalse();
    group("0", "");
    assertThat(cgroups().isEmpty("/system.slice/a.service")).isTrue();
    assertThat(cgroups().isEmpty("/system.slice/gone.service")).isTrue();
    assertThat(cgroups().isEmpty("")).isTrue();
  }

  @Test
  void provesNothingWithoutTheHierarchyOrWhenItCannotBeRead() throws IOException {
    assertThatThrownBy(() -> cgroups().isEmpty("/a.service"))
        .hasMessageContaining("no cgroup v2 hierarchy");
    hierarchy();
    Files.createDirectories(root.resolve("a.service"));
    assertThatThrownBy(() -> cgroups().isEmpty("/a.service"))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void countsTheProcessesBelowToo() throws IOException {
    Path group = group("1", "1\n");
    Path below = Files.createDirectories(group.resolve("worker"));
    String me = Long.toString(ProcessHandle.current().pid());
    Files.writeString(below.resolve("cgroup.procs"), me + "\n");
    assertThat(cgroups().processes("/system.slice/a.service")).containsExactlyInAnyOrder("1", me);
    assertThat(cgroups().residentBytes("/system.slice/a.service").orElseThrow())
        .isGreaterThan(1_000_000);
    assertThat(cgroups().residentBytes("/system.slice/b.service")).isEmpty();
  }

  @Test
  void findsTheUnifiedHierarchyBesideTheOldOnes() throws IOException {
    assertThat(Cgroups.root(root)).isEqualTo(root);
    Files.writeString(Files.createDirectory(root.resolve("unified")).resolve("cgroup.procs"), "");
    assertThat(Cgroups.root(root)).isEqualTo(root.resolve("unified"));
  }
}
