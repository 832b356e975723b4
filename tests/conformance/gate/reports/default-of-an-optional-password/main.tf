variable "db" {
  type = object({ user = string, password = optional(string, "Tr4de-W1nd-t6BRmE") })
}
