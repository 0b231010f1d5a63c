package io.holdfast.agent.act.systemd;

import java.util.List;

/**
 * A signal that came over D-Bus.
 *
 * @param path of the object that sent it
 * @param member such as {@code JobRemoved}
 * @param arguments plain values: texts, numbers, truths, lists and maps
 */
record BusSignal(String path, String member, List<Object> arguments) {}
