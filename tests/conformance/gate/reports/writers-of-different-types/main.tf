module "b" {
  source = "./b"
  for_each = {
    one = { writers = ["feeds"], extra = { a = 1 } }
    two = { writers = [] }
  }
  writers = each.value.writers
}
