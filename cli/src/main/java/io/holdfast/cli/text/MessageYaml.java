package io.holdfast.cli.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.regex.Pattern;

/** The same documents as {@link MessageJson}, as YAML. */
public final class MessageYaml {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          YAMLFactory.builder()
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .stringQuotingChecker(new OnlyWordsAreBare())
              .build());

  private MessageYaml() {}

  /** One document; ends with a line break. */
  public static String of(JsonNode document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no YAML can be made of this document", e);
    }
  }

  /** Whatever some reader could take for a number, a time or a truth value stands in quotes. */
  private static final class OnlyWordsAreBare extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;
    private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z0-9._/ -]*");

    @Override
    public boolean needToQuoteValue(String value) {
      return value.endsWith(" ") || !WORDS.matcher(value).matches() || isReservedKeyword(value);
    }
  }
}
