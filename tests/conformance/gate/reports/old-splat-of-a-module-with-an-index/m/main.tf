output "d" {
  value = 5
}
