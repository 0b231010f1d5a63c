package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The playbook on hosts on which it has been played. */
@ExtendWith(JournalOnFailure.class)
class RollOutIT {
  private static final Pattern RECAP =
      Pattern.compile("(?m)^(\\S+) +: ok=\\d+ +changed=(\\d+) +unreachable=(\\d+) +failed=(\\d+)");

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);

  @Test
  void aSecondRunChangesNothing() {
    fleet.untilAllIsWell();
    Ran ran = lab.command("lab", "play", "site.yml");
    assertThat(ran.exitCode()).as(ran.out() + ran.error()).isZero();
    List<MatchResult> hosts = RECAP.matcher(ran.out()).results().toList();
    assertThat(hosts).extracting(host -> host.group(1)).containsAll(lab.hosts());
    assertThat(hosts)
        .as(ran.out())
        .allSatisfy(
            host ->
                assertThat(List.of(host.group(2), host.group(3), host.group(4))).containsOnly("0"));
  }
}
