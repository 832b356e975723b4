output "days" {
  value = { for i, n in ["a", "b"] : n => 30 - i * 23 }
}
