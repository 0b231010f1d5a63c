package io.holdfast.planfile.config;

import io.holdfast.planfile.yaml.Form;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.YamlNode;
import java.util.Optional;

/** The name of a unit that an agent may start and stop. */
final class UnitForm {
  private static final String SUFFIX = ".service";
  private static final int LONGEST = 255;

  /** What systemd takes as a name, and an instance where there is a template. */
  private static final String NAME = "[A-Za-z0-9:_.\\\\-]+(@[A-Za-z0-9:_.\\\\@-]+)?\\.service";

  private static final String OWN = "holdfast-(agent|collector|job-.*)(@.*)?\\.service";

  static final Form<String> UNIT =
      new Form<>(
          "the name of a .service unit, with its instance where it is a template, and none of"
              + " Holdfast's own, such as api-server.service or postgresql@15-main.service,",
          scalar -> Forms.TEXT.of(scalar).filter(UnitForm::isAllowed),
          UnitForm::meant);

  private UnitForm() {}

  private static boolean isAllowed(String name) {
    return name.length() <= LONGEST && name.matches(NAME) && !name.matches(OWN);
  }

  /** A path means the unit of that file, and a bare name the service of that name. */
  private static Optional<String> meant(YamlNode.Scalar scalar) {
    String bare = scalar.text().substring(scalar.text().lastIndexOf('/') + 1);
    String whole = bare.endsWith(SUFFIX) ? bare : bare + SUFFIX;
    return Optional.of(whole)
        .filter(UnitForm::isAllowed)
        .filter(name -> !bare.contains("."))
        .or(() -> Optional.of(whole).filter(name -> bare.endsWith(SUFFIX) && isAllowed(name)));
  }
}
