package io.holdfast.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.trust.TrustAnswer.Denial;
import io.holdfast.core.trust.TrustAnswer.Denied;
import io.holdfast.core.trust.TrustAnswer.Granted;
import io.holdfast.core.trust.TrustRequest.Draft;
import io.holdfast.core.trust.TrustRequest.Enrolment;
import io.holdfast.core.trust.TrustRequest.NewToken;
import io.holdfast.core.trust.TrustRequest.OwnCertificate;
import io.holdfast.core.trust.TrustRequest.Renewal;
import io.holdfast.core.trust.TrustRequest.Revocation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrustDeskTest {
  private static final long START = 1_800_000_000_000L;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long WEEK = 7 * DAY;
  private static final String TOKEN = "ab".repeat(32);

  private TrustState state = TrustState.EMPTY;
  private long now = START;
  private int serials;

  private TrustAnswer ask(TrustRequest request) {
    TrustDecision decision = TrustDesk.decide(state, request, now);
    for (TrustChange change : decision.changes()) {
      state = state.apply(change);
    }
    return decision.answer();
  }

  private Draft draft() {
    serials++;
    return new Draft("5e" + serials, WEEK, START + 365 * DAY);
  }

  private void token() {
    ask(new NewToken("trade-a", TOKEN, 15 * MINUTE, "admin"));
  }

  private Enrolment enrolment() {
    return new Enrolment("trade-a", TOKEN, draft());
  }

  private static Denial denial(TrustAnswer answer) {
    return ((Denied) answer).why();
  }

  private static String message(TrustAnswer answer) {
    return ((Denied) answer).message();
  }

  private PresentedCertificate granted(TrustAnswer answer) {
    var issued = ((Granted) answer).certificate();
    return new PresentedCertificate(
        issued.serial(),
        issued.identity(),
        issued.wallMillis() - 5 * MINUTE,
        issued.notAfterWallMillis());
  }

  @Test
  void aTokenGivesItsHostOneCertificate() {
    token();
    PresentedCertificate first = granted(ask(enrolment()));
    assertThat(first.identity()).isEqualTo("holdfast://host/trade-a");
    assertThat(first.notAfterWallMillis()).isEqualTo(now + WEEK);
    TrustAnswer again = ask(enrolment());
    assertThat(denial(again)).isEqualTo(Denial.USED_TOKEN);
    assertThat(message(again))
        .contains("holdfast certificates revoke trade-a", "holdfast certificates token trade-a");
  }

  @Test
  void aWrongATooOldAndAnotherHostsTokenAreToldApartAndNotUsedUp() {
    assertThat(denial(ask(enrolment()))).isEqualTo(Denial.WRONG_TOKEN);
    token();
    TrustAnswer other = ask(new Enrolment("trade-b", TOKEN, draft()));
    assertThat(denial(other)).isEqualTo(Denial.OTHER_HOST);
    assertThat(message(other)).contains("for host trade-a", "this is trade-b");
    now += 15 * MINUTE;
    assertThat(denial(ask(enrolment()))).isEqualTo(Denial.EXPIRED_TOKEN);
    now -= 1;
    assertThat(ask(enrolment())).isInstanceOf(Granted.class);
  }

  @Test
  void aTokenThatIsStillOpenEndsWithTheRevocationOfItsHost() {
    token();
    TrustAnswer ignored =
        ask(
            new Revocation(
                new RevocationTarget.Identity(TrustDesk.host("trade-b")), "stolen", "admin"));
    assertThat(state.tokens()).hasSize(1);
    ignored =
        ask(
            new Revocation(
                new RevocationTarget.Identity(TrustDesk.host("trade-a")), "stolen", "admin"));
    assertThat(denial(ask(enrolment()))).isEqualTo(Denial.WRONG_TOKEN);
    token();
    assertThat(ask(enrolment())).isInstanceOf(Granted.class);
  }

  @Test
  void aTokenHoldsForAMinuteToADay() {
    assertThat(denial(ask(new NewToken("trade-a", TOKEN, MINUTE - 1, "admin"))))
        .isEqualTo(Denial.INVALID);
    assertThat(denial(ask(new NewToken("trade-a", TOKEN, DAY + 1, "admin"))))
        .isEqualTo(Denial.INVALID);
    assertThat(ask(new NewToken("trade-a", TOKEN, DAY, "admin")))
        .isEqualTo(new TrustAnswer.TokenMade("trade-a", now + DAY));
  }

  @Test
  void aCertificateNeverOutlivesItsAuthority() {
    long end = now + DAY;
    PresentedCertificate own =
        granted(ask(new OwnCertificate("collector-1", new Draft("1", WEEK, end))));
    assertThat(own.notAfterWallMillis()).isEqualTo(end);
    now = end;
    TrustAnswer late = ask(new OwnCertificate("collector-1", new Draft("2", WEEK, end)));
    assertThat(denial(late)).isEqualTo(Denial.INVALID);
  }

  @Test
  void aRenewalNeedsACertificateThatHolds() {
    token();
    PresentedCertificate first = granted(ask(enrolment()));
    PresentedCertificate second = granted(ask(new Renewal("trade-a", first, draft())));
    ask(new Revocation(new RevocationTarget.Serial(first.serial()), "stolen", "admin"));
    TrustAnswer refused = ask(new Renewal("trade-a", first, draft()));
    assertThat(denial(refused)).isEqualTo(Denial.REJECTED);
    assertThat(message(refused)).contains(first.serial(), "revoked", "by admin: stolen");
    assertThat(ask(new Renewal("trade-a", second, draft()))).isInstanceOf(Granted.class);
    now += WEEK;
    assertThat(message(ask(new Renewal("trade-a", second, draft())))).contains("expired");
  }

  @Test
  void revokingAHostEndsAllItsCertificatesUpToNowAndNoLaterOne() {
    token();
    PresentedCertificate own = granted(ask(enrolment()));
    PresentedCertificate foreign =
        new PresentedCertificate("f0", own.identity(), now - DAY, now + DAY);
    PresentedCertificate of = new PresentedCertificate("f1", "holdfast://host/b", now, now + DAY);
    TrustAnswer revoked =
        ask(new Revocation(new RevocationTarget.Identity(own.identity()), "", "admin"));
    assertThat(revoked).isEqualTo(new TrustAnswer.Revoked(1, true));
    assertThat(state.rejection(own, now)).isPresent();
    assertThat(state.rejection(foreign, now)).isPresent();
    assertThat(state.rejection(of, now)).isEmpty();
    // Made within the five minutes by which certificates begin earlier than now.
    token();
    PresentedCertificate next = granted(ask(enrolment()));
    assertThat(next.notBeforeWallMillis()).isLessThan(now);
    assertThat(state.rejection(next, now)).isEmpty();
  }

  @Test
  void aSerialIsRevokedOnceWhoeverIssuedIt() {
    PresentedCertificate operator =
        new PresentedCertificate("f0", "holdfast://role/admin", now - DAY, now + DAY);
    Revocation revocation = new Revocation(new RevocationTarget.Serial("f0"), "left", "admin");
    assertThat(ask(revocation)).isEqualTo(new TrustAnswer.Revoked(0, true));
    assertThat(state.rejection(operator, now).map(Rejection::kind))
        .contains(Rejection.Kind.REVOKED);
    assertThat(ask(revocation)).isEqualTo(new TrustAnswer.Revoked(0, false));
  }

  @Test
  void aHostThatKeepsAskingIsStopped() {
    token();
    PresentedCertificate shown = granted(ask(enrolment()));
    for (int i = 1; i < TrustDesk.HOLDING_MAX; i++) {
      assertThat(ask(new Renewal("trade-a", shown, draft()))).isInstanceOf(Granted.class);
    }
    assertThat(denial(ask(new Renewal("trade-a", shown, draft())))).isEqualTo(Denial.TOO_MANY);
  }

  @Test
  void whatIsOverIsForgottenADayLater() {
    token();
    PresentedCertificate shown = granted(ask(enrolment()));
    ask(new Revocation(new RevocationTarget.Serial(shown.serial()), "", "admin"));
    now += WEEK + DAY + 1;
    token();
    ask(enrolment());
    assertThat(state.tokens()).hasSize(1);
    assertThat(state.certificates()).hasSize(1);
    assertThat(state.serials()).isEmpty();
    assertThat(state.rejection(shown, now)).isPresent();
  }
}
