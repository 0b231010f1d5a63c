/** The page, the status as JSON, and its stream of server-sent events. */
package io.holdfast.collector.api.web;
