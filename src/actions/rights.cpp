#include "actions/rights.hpp"

#include "base/error.hpp"
#include "users/user.hpp"

namespace actions {

void require_role(db::Connection& db, const base::Act& act, base::Role least)
{
    if (!act.is_by_program && !users::present_visitor(db, act.visitor).is_at_least(least))
        throw base::Forbidden("the visitor's role does not allow this");
}

} // namespace actions
