# shellcheck shell=bash
# What can go wrong in a lab, on demand.

lab_set_rules() {
  :
}

lab_list_faults() {
  :
}
