package io.holdfast.agent.observe.linux;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A mounted file system of {@code /proc/self/mountinfo}. That file and not {@code /proc/mounts},
 * because it keeps the state of the file system apart from that of the mount: in a sandbox that
 * shows the agent its host read-only, a disk that takes writes is not mistaken for a broken one.
 *
 * @param readOnly the file system is {@code ro}, or {@code emergency_ro} as recent kernels say of
 *     one that they stopped writing to after an error
 */
record Mount(String point, String type, boolean readOnly) {
  private static final Set<String> WITHOUT_A_DEVICE =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb3",
          "ceph",
          "glusterfs",
          "fuse.glusterfs",
          "9p",
          "virtiofs",
          "zfs");

  /** Those that keep data, each once: its first mount, and no bind mounts of parts of it. */
  static List<Mount> parse(String mountinfo) {
    List<Mount> mounts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Fields line = new Fields(mountinfo); !line.atEnd(); line.nextLine()) {
      line.skip(2);
      String device = line.word();
      line.skip(1);
      String point = unescape(line.word());
      skipOptionalFields(line);
      String type = line.word();
      String source = line.word();
      if (isReal(type, source, point) && seen.add(device)) {
        mounts.add(new Mount(point, type, isReadOnly(line.word())));
      }
    }
    return mounts;
  }

  private static void skipOptionalFields(Fields line) {
    while (line.hasWord()) {
      if (line.word().equals("-")) {
        return;
      }
    }
  }

  /** An overlay is real only as the root: there it is the host's own disk, as live systems have. */
  private static boolean isReal(String type, String source, String point) {
    return (source.startsWith("/dev/") && !type.equals("devtmpfs") && !type.equals("squashfs"))
        || WITHOUT_A_DEVICE.contains(type)
        || (type.equals("overlay") && point.equals("/"));
  }

  private static boolean isReadOnly(String options) {
    for (int from = 0; from < options.length(); ) {
      int comma = options.indexOf(',', from);
      int end = comma < 0 ? options.length() : comma;
      String option = options.substring(from, end);
      if (option.equals("ro") || option.equals("emergency_ro")) {
        return true;
      }
      from = end + 1;
    }
    return false;
  }

  /** The kernel writes blank, tab, line feed and backslash as three octal digits. */
  private static String unescape(String text) {
    int backslash = text.indexOf('\\');
    if (backslash < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && text.length() - i > 3) {
        plain.append((char) Integer.parseInt(text, i + 1, i + 4, 8));
        i += 3;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
