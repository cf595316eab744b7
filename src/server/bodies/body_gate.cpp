#include "server/bodies/body_gate.hpp"

#include "attachments/attachment.hpp"
#include "http/head/addresses.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/upload.hpp"

#include <fmt/format.h>

#include <optional>

namespace server {

namespace {

// More than the 256 KiB of text that a form may have, so that its page can say so and show the text again.
constexpr std::uint64_t most_of_a_form = std::uint64_t{1} << 20U;
// So much is hardly more than the fields. A comment without files then waits for no further question.
constexpr std::uint64_t no_file_worth_asking = 16 * 1024;

bool may_use(const web::Route& route, const base::Visitor& visitor)
{
    if (route.access == web::Access::Public)
        return true;
    if (visitor.is_guest() || (route.access == web::Access::Customer && visitor.is_staff()))
        return false;
    return visitor.role >= least_role(route.access);
}

} // namespace

base::Role least_role(web::Access access)
{
    switch (access) {
    case web::Access::Administrator:
        return base::Role::Administrator;
    case web::Access::Supervisor:
        return base::Role::Supervisor;
    case web::Access::Staff:
        return base::Role::Representative;
    default:
        return base::Role::Customer;
    }
}

bool takes_leak_reports(const web::Route& route)
{
    return route.method == http::Method::Post &&
           (route.pattern == urls::emergency() || route.pattern == urls::new_request());
}

http::BodyPlan BodyGate::plan(const http::Request& head, std::uint64_t length) const
{
    http::BodyPlan plan{.limits = {}, .most_bytes = most_of_a_form};
    const auto match = router_.find(head.method, head.path);
    if (!match)
        return plan;
    if (takes_leak_reports(*match->route))
        plan.if_longer = http::IfLonger::ReadPart;
    if (match->route->body != web::Body::Files)
        return plan;
    plan.most_bytes = most_of_files;
    plan.limits.files = web::most_file_parts;
    plan.limits.file_bytes = attachments::most_bytes;
    plan.must_ask = length > no_file_worth_asking;
    return plan;
}

http::BodyPlan BodyGate::ask(const http::BodyQuestion& question, http::BodyPlan plan)
{
    const auto match = router_.find(question.head.method, question.head.path);
    std::vector<UploadBudget::Share> shares;
    if (!match || !may_send(question.head, *match->route, shares)) {
        plan.limits.files = 0;
        return plan;
    }
    if (!services_.free_space.is_scarce(budget_.bytes_under_way() + question.length))
        plan.place = budget_.take(shares, question.length);
    if (!plan.place) {
        plan.limits.files = 0;
        plan.without_files = http::BodyFault::DiskFull;
    }
    return plan;
}

bool BodyGate::may_send(
    const http::Request& head, const web::Route& route, std::vector<UploadBudget::Share>& shares) const
{
    const bool is_secure = web::is_secure(head, services_.site.secure_cookies);
    const std::string_view token = head.cookie(is_secure ? "__Host-gu_session" : "gu_session");
    if (token.empty())
        return route.access == web::Access::Public;
    const std::string hash = sign_in::session_hash(token);
    const auto session = [&] {
        const db::ReadLease lease = services_.site.database.read();
        return sign_in::find_session(*lease, hash, services_.site.clock.now(), services_.session_rules);
    }();
    if (!session || !may_use(route, session->visitor))
        return route.access == web::Access::Public;
    // What one form may have, a few times; an office or a mobile network is one address for many.
    shares = {{"session " + hash, 4, 2 * most_of_files},
        {fmt::format("user {}", session->visitor.user_id.value), 8, 4 * most_of_files},
        {"network " + http::subscriber_of(head.remote_address), 64, 16 * most_of_files}};
    return true;
}

} // namespace server
