/** What people read: texts in their language, tables, times, and JSON for programs. */
package io.holdfast.cli.text;
