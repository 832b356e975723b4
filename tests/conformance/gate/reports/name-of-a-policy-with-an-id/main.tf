locals {
  policy = "DecryptSecret485044a34a824a77dd95f3440eb9dcc7ServiceRoleDefaultPolicyFBB19A35"
}
