#include "actions/people/own_sessions.hpp"

#include "base/error.hpp"
#include "events/event.hpp"
#include "sign_in/device.hpp"
#include "sign_in/session_list.hpp"

#include <algorithm>

namespace actions {

namespace {

struct Told
{
    std::string_view before = {};
    std::string_view after = {};
};

void add_event(db::Transaction& tx, const base::Act& act, const Told& told)
{
    events::add_event(tx, act,
        {.subject = events::Subject::User,
            .subject_id = act.visitor.user_id.value,
            .kind = events::Kind::SessionsEnded,
            .before_value = told.before,
            .after_value = told.after});
}

} // namespace

std::optional<std::string> end_own_session(db::Transaction& tx, const base::Act& act, const NamedSession& session)
{
    if (!sign_in::may_be_session_name(session.name))
        throw base::NotFound("no session is called so");
    const auto own = sign_in::list_sessions_of(tx, act.visitor.user_id);
    const auto found = std::ranges::find_if(own, [&](const sign_in::ListedSession& listed) {
        return sign_in::session_name(session.key, listed.token_hash) == session.name;
    });
    if (found == own.end())
        return std::nullopt;
    sign_in::remove_session(tx, found->token_hash);
    add_event(tx, act, {.after = sign_in::device_name(found->user_agent)});
    return found->token_hash;
}

std::vector<std::string> end_other_sessions(db::Transaction& tx, const base::Act& act, std::string_view kept_session)
{
    std::vector<std::string> ended;
    for (const sign_in::ListedSession& session : sign_in::list_sessions_of(tx, act.visitor.user_id)) {
        if (session.token_hash != kept_session)
            ended.push_back(session.token_hash);
    }
    if (ended.empty())
        return ended;
    sign_in::remove_sessions(tx, act.visitor.user_id, kept_session);
    add_event(tx, act, {.before = "others"});
    return ended;
}

} // namespace actions
