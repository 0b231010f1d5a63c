/** Stories as data, who tells them, and how it is decided that a step was really seen. */
package io.holdfast.demo.story;
