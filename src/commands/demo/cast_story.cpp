#include "commands/demo/story.hpp"
#include "commands/demo/town.hpp"

#include <initializer_list>

namespace commands::demo {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

struct Told
{
    /// After the submission.
    minutes after;
    std::uint32_t person;
    Deed deed;
    std::string_view text = {};
};

struct Beginning
{
    std::uint32_t customer;
    std::string_view type;
    minutes ago;
    std::string_view text;
    Enclosure enclosure = Enclosure::None;
};

class Teller
{
  public:
    Teller(Story& story, base::Time now) : story_(story), now_(now) {}

    void tell(const Beginning& beginning, std::initializer_list<Told> later)
    {
        const auto number = static_cast<std::uint32_t>(story_.requests.size());
        const base::Time submitted = now_ - beginning.ago;
        story_.requests.push_back({beginning.type, beginning.customer});
        story_.steps.push_back({.at = submitted,
            .request = number,
            .person = beginning.customer,
            .enclosure = beginning.enclosure,
            .text = beginning.text});
        for (const Told& told : later)
            story_.steps.push_back({.at = submitted + told.after,
                .request = number,
                .person = told.person,
                .deed = told.deed,
                .text = told.text});
    }

  private:
    Story& story_;
    base::Time now_;
};

void tell_of_mei(Teller& teller)
{
    teller.tell({Mei, "billing", days(410), "I was charged twice in August. The bank shows both payments."},
        {{hours(20), Sofia, Deed::PublicComment, "You are right, the second payment has been sent back today."},
            {hours(21), Sofia, Deed::Resolve}});
    teller.tell({Mei, "maintenance", days(203),
                    "The pilot light on our furnace goes out two or three times a day. It lights again if I hold the "
                    "button for a minute. No smell of gas. It began on Saturday after the cold night.",
                    Enclosure::Photo},
        {{hours(3), Ravi, Deed::PublicComment,
             "Good morning Mei, thank you for the clear photo. This is most often a worn thermocouple, a small part we "
             "carry on the van. Would tomorrow morning suit you?"},
            {hours(4), Mei, Deed::PublicComment, "Yes, I am at home until noon."},
            {hours(5), Ravi, Deed::InternalNote, "Side door, front bell broken. Dog."},
            {hours(27), Ravi, Deed::PublicComment,
                "The thermocouple has been replaced. Please tell us if it happens again."},
            {hours(28), Ravi, Deed::Resolve}});
    teller.tell({Mei, "meter-reading", days(41), "My reading is 8714. The meter is on the left side of the house."},
        {{hours(30), Ravi, Deed::PublicComment, "We have noted your reading, thank you."},
            {hours(30), Ravi, Deed::Resolve}});
    teller.tell({Mei, "installation", days(6),
                    "Gas line for a new kitchen range, to be delivered at the end of the month.", Enclosure::Document},
        {{hours(22), Sofia, Deed::PublicComment,
             "Thank you for the drawing. We come on Thursday between 8 AM and noon to look at the wall."},
            {hours(23), Sofia, Deed::InternalNote, "Needs a permit from the town before the work begins."},
            {hours(30), Mei, Deed::PublicComment, "Thursday is fine."}});
    // The leak on Elm Street.
    teller.tell({Mei, "gas-leak", minutes(24),
                    "Strong smell of gas by the meter on the left side of the house. It started about ten minutes ago "
                    "and is getting stronger. We are across the street."},
        {{minutes(3), Ravi, Deed::PublicComment,
             "A crew is on its way to Elm Street. Please stay outside and keep everybody away from the house."},
            {minutes(4), Ravi, Deed::InternalNote, "Crew 4 sent. Neighbor at number 14 has been called."}});
}

void tell_of_omar(Teller& teller)
{
    teller.tell({Omar, "no-gas-or-heat", days(92), "No heat since last night, and there is no hot water either."},
        {{minutes(35), Ravi, Deed::PublicComment, "We are sorry. Somebody is with you before 3 PM today."},
            {hours(7), Omar, Deed::PublicComment, "It works again, thank you for the quick help!"},
            {hours(8), Ravi, Deed::Resolve}});
    teller.tell({Omar, "billing", days(12), "Please explain the fee of $18.50 on my last bill."},
        {{hours(26), Sofia, Deed::PublicComment,
            "This is the fee for reconnecting the gas after the work in the street. I am asking to have it waived."}});
    teller.tell({Omar, "meter-reading", hours(26), "Nobody came for the reading. The meter shows 5203."}, {});
}

void tell_of_a_guest(Teller& teller)
{
    teller.tell({guest, "gas-leak", minutes(171), "Smell of gas on the sidewalk in front of the bakery."},
        {{minutes(5), Ravi, Deed::PublicComment, "A crew is on its way to Mill Street."},
            {minutes(48), Ravi, Deed::InternalNote, "Crew 2 measured 15 % LEL at the curb valve. Digging begins."}});
}

} // namespace

void add_cast_story(Story& story, base::Time now)
{
    Teller teller(story, now);
    tell_of_mei(teller);
    tell_of_omar(teller);
    tell_of_a_guest(teller);
}

} // namespace commands::demo
