package io.holdfast.collector.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContentPolicyTest {
  @Test
  void letsInTheImportMapByItsHashAndNothingElseInline() {
    String policy =
        ContentPolicy.of("<p><script type=\"importmap\">{}</script><script>no</script>");

    // printf '{}' | openssl dgst -sha256 -binary | base64
    assertThat(policy)
        .contains("script-src 'self' 'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=';")
        .doesNotContain("unsafe");
  }

  @Test
  void refusesAPageWithoutAnImportMap() {
    assertThatThrownBy(() -> ContentPolicy.of("<p>")).hasMessageContaining("import map");
  }
}
