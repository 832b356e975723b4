output "catch_all" {
  description = "JSON event pattern that matches exactly the events that no route takes."
  value       = jsonencode(local.catch_all)
}

output "routes" {
  description = "JSON event pattern of each route."
  value       = { for name, pattern in local.patterns : name => jsonencode(pattern) }
}
