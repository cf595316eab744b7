#pragma once

#include "base/time.hpp"
#include "base/visitor.hpp"
#include "db/database.hpp"
#include "i18n/dates.hpp"
#include "web/buckets.hpp"
#include "web/page.hpp"
#include "web/page_language.hpp"
#include "web/recent.hpp"
#include "web/secure.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace web {

class Context;

/// What the utility decides about the work itself.
struct SiteRules
{
    /// A customer's comment on a resolved service request reopens it.
    bool reply_reopens = true;
    /// How many service requests a customer may send within 24 hours, gas leaks apart; zero: any number.
    std::int64_t requests_a_day = 0;
    /// Whoever has at least this role needs a second factor; nothing: nobody does.
    std::optional<base::Role> second_factor_from = {};

    bool needs_second_factor(const base::Visitor& visitor) const
    {
        return second_factor_from && visitor.is_at_least(*second_factor_from);
    }
};

/// The long-lived objects that every request may use; owned by server/, read from every lane.
struct Site
{
    db::Database& database;
    const base::Clock& clock;
    const base::Zone& zone;
    const PageLanguages& languages;
    SiteNames names;
    /// Fill in what the frame shows of nouns: unread notifications, the staff's counts. Set by server/.
    std::function<void(Context&, Page&)> complete_page;
    SecureCookies secure_cookies = SecureCookies::Auto;
    SiteRules rules = {};
    /// Seals into each form for whom it is drawn: find_form_key().
    std::string form_key = {};
    std::shared_ptr<Recent> recent = std::make_shared<Recent>();
    /// Sign-ins begun, by browser or network.
    std::shared_ptr<Buckets> sign_ins = std::make_shared<Buckets>();
};

} // namespace web
