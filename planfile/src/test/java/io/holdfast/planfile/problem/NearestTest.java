package io.holdfast.planfile.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearestTest {

  @Test
  void findsTheNameWithTheFewestMistakes() {
    List<String> names = List.of("database", "data_collector", "web_ui");
    assertThat(Nearest.to("databse", names)).contains("database");
    assertThat(Nearest.to("adtabase", names)).contains("database");
    assertThat(Nearest.to("WEB_UI", names)).contains("web_ui");
    assertThat(Nearest.to("web", names)).isEmpty();
    assertThat(Nearest.to("engine", names)).isEmpty();
    assertThat(Nearest.to("", names)).isEmpty();
  }

  @Property
  void editsAreADistance(
      @ForAll @AlphaChars @StringLength(max = 8) String a,
      @ForAll @AlphaChars @StringLength(max = 8) String b) {
    int edits = Nearest.edits(a, b);
    assertThat(edits).isEqualTo(Nearest.edits(b, a));
    assertThat(edits == 0).isEqualTo(a.equalsIgnoreCase(b));
    assertThat(edits)
        .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
  }
}
