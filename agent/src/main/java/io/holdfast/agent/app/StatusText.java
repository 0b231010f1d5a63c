package io.holdfast.agent.app;

import io.holdfast.core.agent.AgentState;
import io.holdfast.core.agent.ServiceView;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.plan.HostPlan;
import java.util.List;
import java.util.Set;

/** The agent in one line, for {@code systemctl status}. */
final class StatusText {
  /** Of a plan's hash: {@code sha256:} and enough to tell plans apart. */
  private static final int HASH_CHARS = "sha256:".length() + 12;

  private StatusText() {}

  /**
   * As in {@code guards 4 services, 1 unhealthy; plan sha256:1234…; collector-1}.
   *
   * @param allowed services that the agent may act on; others of the plan are only observed
   * @param link who hears of it, or why nobody does
   */
  static String of(AgentState state, Set<String> allowed, String link) {
    return String.join(
        "; ",
        services(state.views(), allowed),
        state.plan().map(HostPlan::planHash).map(StatusText::plan).orElse("no plan yet"),
        link);
  }

  private static String services(List<ServiceView> views, Set<String> allowed) {
    long guarded = views.stream().filter(view -> allowed.contains(view.service())).count();
    StringBuilder text = new StringBuilder("guards " + guarded);
    text.append(guarded == 1 ? " service" : " services");
    append(text, "only observed", views.size() - guarded);
    append(text, "unhealthy", count(views, Verdict.UNHEALTHY));
    append(text, "unknown", count(views, Verdict.UNKNOWN));
    append(text, "being healed", views.stream().filter(ServiceView::healing).count());
    return text.toString();
  }

  private static void append(StringBuilder text, String what, long count) {
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(what);
    }
  }

  private static long count(List<ServiceView> views, Verdict verdict) {
    return views.stream().filter(view -> view.verdict().verdict() == verdict).count();
  }

  private static String plan(String hash) {
    return "plan " + (hash.length() <= HASH_CHARS ? hash : hash.substring(0, HASH_CHARS) + "…");
  }
}
