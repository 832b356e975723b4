variable "base" {
  type = number
}

output "value" {
  value = [60, 14][var.base]
}
