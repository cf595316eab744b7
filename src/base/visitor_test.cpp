#include "base/visitor.hpp"

#include <gtest/gtest.h>

namespace {

using base::Role;
using base::Visitor;

Visitor someone(Role role)
{
    return {.user_id = UserId{7}, .role = role, .username = "someone", .full_name = "Some One"};
}

TEST(Role, EveryNameReadsBackAsItsRole)
{
    for (const Role role : {Role::Customer, Role::Representative, Role::Supervisor, Role::Administrator}) {
        Role parsed = role == Role::Customer ? Role::Administrator : Role::Customer;
        EXPECT_TRUE(base::parse_role(base::role_name(role), parsed));
        EXPECT_EQ(parsed, role);
    }
    EXPECT_EQ(base::role_name(Role::Representative), "representative");
}

TEST(Role, OtherNamesAreRefusedAndChangeNothing)
{
    Role role = Role::Supervisor;
    for (const char* name : {"", "Customer", "admin", "administrator "}) {
        EXPECT_FALSE(base::parse_role(name, role)) << name;
    }
    EXPECT_EQ(role, Role::Supervisor);
}

TEST(Visitor, GuestMayNothingWhateverTheRoleSays)
{
    Visitor guest;
    guest.role = Role::Administrator;
    EXPECT_TRUE(guest.is_guest());
    EXPECT_FALSE(guest.is_staff());
    EXPECT_FALSE(guest.is_at_least(Role::Customer));
}

TEST(Visitor, EachRoleIncludesTheOneBefore)
{
    EXPECT_FALSE(someone(Role::Customer).is_staff());
    EXPECT_TRUE(someone(Role::Representative).is_staff());
    EXPECT_TRUE(someone(Role::Supervisor).is_at_least(Role::Representative));
    EXPECT_FALSE(someone(Role::Supervisor).is_at_least(Role::Administrator));
}

} // namespace
