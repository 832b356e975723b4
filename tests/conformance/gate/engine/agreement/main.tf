variable "plain" {
  type    = string
  default = "plain"
}

variable "typed" {
  type    = object({ name = string, count = number, tags = map(string) })
  default = { name = "n", count = "3", tags = { a = 1 }, extra = true }
}

variable "optional" {
  type = object({
    name    = string
    size    = optional(number, 128)
    mode    = optional(string)
    nested  = optional(object({ on = optional(bool, true) }), {})
    listing = optional(list(string), ["x"])
  })
  default = { name = "a" }
}

variable "list_of_optional" {
  type    = map(object({ a = optional(string, "d"), b = number }))
  default = { x = { b = "1" }, y = { a = "z", b = 2 } }
}

variable "nothing" {
  default = null
}

variable "not_nullable" {
  type     = string
  default  = "kept"
  nullable = false
}

variable "any" {
  type    = any
  default = { a = [1, "b"], c = null }
}

variable "map_of_numbers" {
  type    = map(number)
  default = { a = "1", b = 2 }
}

locals {
  heredoc = <<EOT
    first ${upper("line")}
  second
EOT
  indented = <<-EOT
    first
      second ${1 + 1}

    third
  EOT
  indented_directives = <<-EOT
    %{for x in ["a", "b"]~}
    item ${x}
    %{endfor~}
    end
  EOT
  trimmed  = <<-EOT
    a
    %{if true~}
      b
    %{~endif}
    c ${~"d"~}
    e
  EOT
  template = "x%{if length(["a"]) > 0}${join("", ["y"])}%{endif}z"
  object   = { a = { b = [{ c = "deep" }] } }
  rows     = [{ name = "a", on = true }, { name = "b", on = false }, { name = "a", on = true }]
}
