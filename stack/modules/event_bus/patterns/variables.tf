variable "routes" {
  description = "What each route takes: the sources and detail types of the event and, where `pattern` is set, the accepted values of top-level string fields of its detail."
  nullable    = false
  type = map(object({
    detail_types = list(string)
    pattern      = optional(map(list(string)), {})
    sources      = list(string)
  }))
}
