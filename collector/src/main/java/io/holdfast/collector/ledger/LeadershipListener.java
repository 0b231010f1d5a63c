package io.holdfast.collector.ledger;

/** Told in order, on a thread of the ledger: hand over and return. */
public interface LeadershipListener {

  /** This node leads, and has applied an entry of its own term: its state is the newest. */
  void leading(long term);

  /** This node does not lead any more. */
  void notLeading();

  /** Listens to nothing. */
  LeadershipListener NONE =
      new LeadershipListener() {
        @Override
        public void leading(long term) {}

        @Override
        public void notLeading() {}
      };
}
