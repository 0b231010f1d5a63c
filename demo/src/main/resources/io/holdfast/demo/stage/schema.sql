-- The trade log of the sample system. No key on id, on purpose: two engines at once write the same
-- ids, and that must be seen here, not turned into an error of one of them.
CREATE TABLE trades (
  entry    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id       bigint NOT NULL CHECK (id > 0),
  host     text NOT NULL,
  pid      bigint NOT NULL,
  epoch    bigint NOT NULL,
  symbol   text NOT NULL,
  side     text NOT NULL CHECK (side IN ('BUY', 'SELL')),
  quantity integer NOT NULL CHECK (quantity > 0),
  price    numeric(12, 1) NOT NULL CHECK (price > 0),
  at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX trades_id ON trades (id);
ALTER TABLE trades OWNER TO trading;
GRANT SELECT ON trades TO observer;
