package io.holdfast.collector.fleet;

import io.holdfast.proto.agent.v1.Reason;
import java.util.List;

/** Bounds what an agent says of a verdict: it is kept for a while, and agents are many. */
final class Reasons {
  static final int MOST = 8;
  static final int LONGEST = 256;

  private Reasons() {}

  /** The first reasons, each of bounded length. */
  static List<Reason> bounded(List<Reason> reasons) {
    return reasons.stream().limit(MOST).map(Reasons::bounded).toList();
  }

  private static Reason bounded(Reason reason) {
    if (isShort(reason.getCode()) && isShort(reason.getCheck()) && isShort(reason.getDetail())) {
      return reason;
    }
    return Reason.newBuilder()
        .setCode(cut(reason.getCode()))
        .setCheck(cut(reason.getCheck()))
        .setDetail(cut(reason.getDetail()))
        .build();
  }

  private static boolean isShort(String text) {
    return text.length() <= LONGEST;
  }

  /** Cuts between characters, never within one. */
  private static String cut(String text) {
    if (isShort(text)) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return text.substring(0, end) + "…";
  }
}
