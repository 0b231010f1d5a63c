package io.holdfast.lab;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After a test that fails, what Holdfast said on every host, and how the lab is. */
public final class JournalOnFailure implements AfterTestExecutionCallback {

  private static final int LINES = 60;

  @Override
  public void afterTestExecution(ExtensionContext test) {
    if (test.getExecutionException().isEmpty()) {
      return;
    }
    Lab lab = Lab.find();
    System.out.println(
        "== after " + test.getDisplayName() + "\n" + lab.command("lab", "status").out());
    for (String host : lab.hosts()) {
      System.out.println("== journal of " + host + "\n" + lab.journal(host, LINES));
    }
  }
}
