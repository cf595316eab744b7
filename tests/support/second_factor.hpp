#pragma once

#include "actions/factors/change_factor.hpp"
#include "sign_in/factor/recovery_code.hpp"
#include "sign_in/factor/totp.hpp"
#include "support/test_site.hpp"

#include <string>
#include <string_view>

namespace support {

/// The phone of somebody in the cast: its app makes codes.
class Phone
{
  public:
    static constexpr std::string_view secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    /// One of the recovery codes; there is only this one, because each takes a while to hash.
    static constexpr std::string_view recovery_code = "4k7m-pq2x";

    /// Turn the second factor of this user on, without the pages.
    Phone(TestSite& site, const base::Visitor& user) : site_(site)
    {
        constexpr std::string_view salt = "salt-of-the-tests";
        const sign_in::RecoveryCodes codes{
            .salt = salt, .hashes = {sign_in::hash_recovery_code(recovery_code, salt)}, .shown_to = {}};
        site.database->write([&](db::Transaction& tx) {
            actions::turn_factor_on(
                tx, site.act(user), {.secret = secret, .step = 0, .recovery = codes, .kept_session = {}});
        });
    }

    /// What the app shows now, or so many steps later.
    std::string code(std::int64_t later = 0) const { return code_of(site_, secret, later); }
    static std::string code_of(const TestSite& site, std::string_view secret, std::int64_t later = 0)
    {
        return sign_in::totp_code(secret, sign_in::totp_step(site.clock.now()) + later);
    }

  private:
    TestSite& site_;
};

} // namespace support
