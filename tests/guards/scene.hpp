#pragma once
// What the guards over routes share: every route with who is let in, and a site on which each of them has something to
// show.

#include "support/test_site.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace guards {

/// Somebody who asks for a page, in the order of RouteRow::outcomes.
inline constexpr std::array<std::string_view, 6> people = {"a guest", "Omar", "Mei", "Ravi", "Sofia", "Ada"};

/// One route and what it answers. Everything in it that has an owner is Mei's.
struct RouteRow
{
    http::Method method;
    std::string_view pattern;
    /// One letter for each of `people`: '+' let in, 's' asked to sign in, 'f' forbidden, 'n' not found, 'a' sent to
    /// /admin/, 'c' to the form for a caller.
    std::string_view outcomes;
    /// Query or form fields that the route reads, with values that it takes.
    support::Client::Fields fields = {};
    /// Others that it reads, which do not go together with those.
    support::Client::Fields spare_fields = {};
};

/// All of them; the table fails its test when routes.cpp has another set.
const std::vector<RouteRow>& route_rows();
std::string name_of(const RouteRow& row);

/// A site on which Mei has a service request with an attachment, comments of both kinds and a notification, and a guest
/// a leak report.
class Scene
{
  public:
    Scene();

    support::TestSite site;
    /// A client of people[who], signed in unless it is the guest.
    support::Client client(std::size_t who);
    /// The row's address with the ids of this scene.
    std::string address(const RouteRow& row) const;
    /// With a valid token for a POST; GET fields go into the query.
    support::Answer ask(support::Client& client, const RouteRow& row) const;
    /// Typed text of everybody's for every form, as after an ended session.
    void keep_drafts();
    /// Changes when anything in the database does.
    std::string everything_stored() const;

  private:
    void fill();
    void add_mailed_links();

    ServiceRequestId request_;
    AttachmentId attachment_;
    std::string follow_token_;
    std::string reset_token_;
    std::string registration_token_;
    std::string email_token_;
    std::string session_name_;
};

/// The letter of RouteRow::outcomes that fits the answer; '?' when none does.
char outcome_of(const RouteRow& row, const support::Answer& answer);
/// "/a/?x=1&y=2".
std::string with_query(std::string path, const support::Client::Fields& fields);

} // namespace guards
