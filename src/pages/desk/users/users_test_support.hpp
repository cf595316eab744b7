#pragma once

#include "support/test_site.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <string>

namespace pages::desk {

/// The pages of users, as Ravi and Ada see them.
class UserPagesTest : public testing::Test
{
  protected:
    UserPagesTest()
    {
        ravi.sign_in_as(site.cast.ravi);
        ada.sign_in_as(site.cast.ada);
    }

    static std::string url(const base::Visitor& user)
    {
        return "/admin/users/" + std::to_string(user.user_id.value) + "/";
    }
    /// The temporary password that a page shows; empty when it shows none.
    static std::string password_on(const std::string& body)
    {
        static const std::regex code("<code class=\"ref\" id=\"temporary-password\">([a-z0-9-]+)</code>");
        std::smatch found;
        return std::regex_search(body, found, code) ? found[1].str() : std::string();
    }

    const std::string create = "/admin/users/create/";
    support::TestSite site;
    support::Client ravi{site};
    support::Client ada{site};
};

} // namespace pages::desk
