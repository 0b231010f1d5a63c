/** The page, its libraries, status and history as JSON, and the stream of server-sent events. */
package io.holdfast.collector.api.web;
