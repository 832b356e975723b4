variable "change_watch" {
  description = <<-EOT
    Tells subscribers of changes to what the audit log's trust rests on: the signing keys, the sealer, roles, and policies of
    tables and bucket. AWS tells of them only where a trail logs management events: the account's own, or `trail`, which
    also logs who writes to tables and tiles (and with `log_publishers` who sends events; both cost by the event).
  EOT
  default     = null
  type = object({
    subscriptions = optional(map(object({
      endpoint = string
      protocol = string
    })), {})
    trail = optional(object({
      log_publishers = optional(bool, false)
      retention_days = optional(number, 90)
    }))
  })

  validation {
    condition     = try(var.change_watch.trail.retention_days, 30) >= 30
    error_message = "change_watch.trail.retention_days must be at least 30."
  }
}
