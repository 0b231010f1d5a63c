/** Keys and certificates in files and messages, with what Java brings alone. */
package io.holdfast.wire.pem;
