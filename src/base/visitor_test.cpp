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
        EXPECT_EQ(base::parse_role(base::role_name(role)), role);
    }
    EXPECT_EQ(base::role_name(Role::Representative), "representative");
}

TEST(Role, OtherNamesAreNone)
{
    for (const char* name : {"", "Customer", "admin", "administrator "})
        EXPECT_EQ(base::parse_role(name), std::nullopt) << name;
}

TEST(Visibility, EveryNameReadsBackAndOthersAreNone)
{
    for (const auto visibility : {base::Visibility::Public, base::Visibility::Internal})
        EXPECT_EQ(base::parse_visibility(base::visibility_name(visibility)), visibility);
    EXPECT_EQ(base::parse_visibility("Public"), std::nullopt);
    EXPECT_EQ(base::parse_visibility(""), std::nullopt);
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
