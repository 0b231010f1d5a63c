package io.holdfast.planfile.config;

import io.holdfast.planfile.yaml.Form;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Section;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads {@code jobs} of {@code agent.yaml}. */
public final class JobRules {

  private static final Form<String> KIND = Forms.oneOf(AllowedJob.WriteProbe.KIND);

  /** It is part of the name of a unit and of a file. */
  private static final String NAME = "[a-z][a-z0-9_-]{0,62}";

  private static final Form<String> USER =
      Form.of(
          "the name of a user of this machine, and not root: a job has no more rights than its"
              + " work needs",
          scalar -> ConfigForms.USER.of(scalar).filter(name -> !name.equals("root")));

  /** What a unit's drop-in takes without quotes. */
  private static final Form<Path> DIRECTORY =
      Form.of(
          "an absolute path of letters, digits and / . _ @ : + - such as /var/lib/postgresql",
          scalar ->
              Forms.TEXT
                  .of(scalar)
                  .filter(text -> text.matches("/[A-Za-z0-9/._@:+-]+"))
                  .map(text -> Path.of(text).normalize())
                  .filter(path -> path.getNameCount() > 0));

  private JobRules() {}

  /**
   * Reads the jobs of a file alone: whoever may do one of them need not be able to read what else
   * the file names.
   *
   * @param name of the file, for messages
   */
  public static ConfigResult<Map<String, AllowedJob>> only(String text, String name) {
    ConfigFile file = ConfigFile.of(text, name);
    Map<String, AllowedJob> jobs = file.root().map(JobRules::of).orElse(Map.of());
    return file.result(() -> jobs);
  }

  static Map<String, AllowedJob> of(Section root) {
    return root.section("jobs")
        .map(jobs -> jobs.<AllowedJob>eachSection((name, job) -> job(jobs, name, job)))
        .orElse(Map.of());
  }

  private static Optional<AllowedJob> job(Section jobs, String name, Section job) {
    if (!name.matches(NAME)) {
      jobs.refuse(name, "a job has a name of a-z, 0-9, '_' and '-', a letter first");
    }
    Optional<String> kind = job.required("kind", KIND);
    Optional<String> user = job.required("user", USER);
    Optional<Path> directory = job.required("directory", DIRECTORY);
    job.refuseOtherKeys();
    return kind.isPresent() && user.isPresent() && directory.isPresent()
        ? Optional.of(new AllowedJob.WriteProbe(user.get(), directory.get()))
        : Optional.empty();
  }
}
