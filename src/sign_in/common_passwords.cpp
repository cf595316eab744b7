#include "base/text.hpp"
#include "sign_in/password.hpp"

namespace sign_in {

namespace {

/// In lower case, 8 characters and more, a blank or a line's end after each. Made from what published lists agree on;
/// it can be grown.
constexpr std::string_view common_passwords = R"(
00000000 000000000 01234567 012345678 0123456789 0987654321 10101010 101010101 10203040 11111111 111111111 1111111111
11223344 1122334455 112233445566 12121212 121212121 123123123 12341234 12344321 123454321 12345678 123456789
1234567890 123456789a 12345678a 12345679 1234567a 1234567q 123456qwerty 12345qwert 1234abcd 1234qwer 123qwe123
123qweasd 12qwaszx 13131313 14141414 147258369 147852369 159753456 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx
1qaz2wsx3edc 1qazxsw2 20202020 22222222 31415926 314159265 33333333 44444444 456123789 55555555 66666666 741852963
77777777 789456123 87654321 88888888 888888888 963852741 987456321 987654321 9876543210 99999999 999999999 a12345678
a123456789 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 aaa111222 aaaaaaaa aaaaaaaaaa abc12345 abc123456 abcd1234
abcde12345 abcdefg1 abcdefgh abcdefghi abcdefghij access123 access14 admin123 admin123! admin1234 admin12345
adminadmin administrator administrator1 alejandra alejandro alexander alexander1 alexandra america1 angel123 anthony1
arsenal1 asdasdasd asdf1234 asdfasdf asdfghj1 asdfghjk asdfghjkl asdfghjkl1 asdfqwer ashley123 australia autumn2025
autumn2026 azertyuiop babyboy1 babygirl babygirl1 barcelona barcelona1 baseball baseball1 basketball basketball1
batman123 beautiful beautiful1 benjamin birthday birthday1 bismillah blessed1 blueberry brittany broncos1 budweiser
butterfly butterfly1 california carolina carolina1 change_me changeme changeme! changeme1 changeme123 charlie1
charlie123 cheerleader chelsea1 chevrolet chocolate chocolate1 christian christina christine christmas christmas1
cocacola computer computer1 contrasena contraseña cookie123 corvette cowboys1 creative cristina cupcake1 danielle
december december1 default1 demo1234 diamond1 dolphin1 dolphins dragon123 dragonball drowssap einstein elephant
elephant1 elizabeth elizabeth1 estrella explorer february fernanda fernando ferrari1 fireball firebird flower123
football football1 football123 fortnite fortnite1 francisco freedom1 freedom123 freepass friday13 fuckyou1 fuckyou2
gabriela garfield gateway1 gladiator godbless godfather godzilla goodluck gorgeous guest123 guitar123 hardcore
harrypotter heaven123 heineken hello123 hello1234 hellohello hellokitty helloworld hercules highland hollywood
honeybee ilovegod iloveme1 iloveu123 iloveyou iloveyou! iloveyou1 iloveyou123 iloveyou2 india123 indonesia infinity
infinity1 internet internet1 intrepid ironman1 jackass1 jamesbond january1 jennifer jennifer1 jeremiah jessica1
jesus123 jesus4ever jesuschrist jonathan jonathan1 jordan23 juventus kawasaki killer123 kristina lakers24 lasvegas
leavemealone leonardo letmein! letmein1 letmein123 letmeinnow liberty1 lightning liverpool liverpool1 login123
login1234 logitech lollipop lollipop1 london123 lonestar lovelove loveme123 loveyou1 manchester mandarin mariposa
marlboro marshall maryjane master123 masterpass matthew1 maverick mechanic mercedes metallic metallica metallica1
michael1 michelle michelle1 michigan mickey123 microsoft midnight midnight1 minecraft minecraft1 mitchell monday123
monkey123 montana1 mortgage motorola mountain music123 mustang1 mypassword mysecret napoleon natalia1 national
newpassword newyork1 nicholas nintendo nirvana1 northern november oblivion operator original p@ssw0rd p@ssw0rd1
p@ssw0rd123 p@ssword pa$$word pa55word pakistan pakistan1 panasonic panther1 panthers paradise pass1234 pass12345
passpass passphrase passport passw0rd passw0rd1 password password! password01 password1 password1! password12
password123 password123! password1234 password12345 password2 password3 passwords passwort patricia patrick1 pavilion
peaches1 penguin1 peterpan phoenix1 pinnacle platinum playstation pleasure pokemon1 pokemon123 positive precious
precious1 predator presario president primetime princesa princesa1 princess princess1 princess123 property pumpkin1
q1q1q1q1 q1w2e3r4 q1w2e3r4t5 qazwsx123 qazwsxedc qwe123456 qweasdzxc qweqweqwe qwer1234 qwerasdf qwerqwer qwert123
qwerty1! qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyui qwertyuiop qwertyuiop123 rainbow1 rainbows
realmadrid redskins remember renegade research rockstar rockstar1 rockyou1 root1234 rootroot runescape rush2112
samantha samantha1 samsung1 samsung123 santiago scarface scooter1 scorpion scorpion1 sebastian sebastian1 sebastien
secret1! secret12 secret123 security security1 september september1 september11 serenity shadow12 shadow123 shopping
showtime singapore skateboard skywalker slipknot slipknot1 snickers snoopy123 snowball soccer10 soccer123 softball
sometimes southern spartan1 spiderman spiderman1 spongebob spongebob1 spring123 spring2025 spring2026 squirrel
srinivas standard stargate startrek starwars starwars1 station1 steelers stephanie sterling stingray strawberry
summer123 summer2024 summer2025 summer2026 sunday123 sundevil sunflower sunflower1 sunshine sunshine1 sunshine123
superman superman1 superman123 supernova superstar superstar1 survivor sweetheart sweetheart1 sweetpea swimming
tacobell tarheels tazmania teacher1 teamo123 temp1234 temporary temppass tequiero tequiero1 terminator test1234
test12345 tester123 testing1 testing123 testtest thailand thepassword therock1 thesims2 thompson thuglife thunder1
tiffany1 tiger123 tinkerbell together tomorrow toor1234 topsecret training treasure trinity1 tropical trouble1
truelove trustno1 trustno1! twilight ultimate unicorn1 universal universe user1234 username vacation valentina
valentine vampire1 vanessa1 veronica victoria vincent1 virginia1 volleyball warcraft warhammer warrior1 welcome!
welcome1 welcome1! welcome12 welcome123 welcome2 westside whatever whatever1 whiskers whitney1 wildcats william1
wilson123 windows1 winter123 winter2024 winter2025 winter2026 wireless wolverine woodland wrestling xxxxxxxx yamaha123
yankees1 yellow123 zachary1 zaq12wsx zaq1zaq1 zxcvbnm,./ zxcvbnm1 zxcvbnm123 zzzzzzzz
)";

bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

} // namespace

bool is_common_password(std::string_view password)
{
    const std::string wanted = base::ascii_lower(password);
    if (wanted.empty() || wanted.find_first_of(" \n") != std::string::npos)
        return false;
    for (std::size_t at = 0; (at = common_passwords.find(wanted, at)) != std::string_view::npos; ++at) {
        if (is_blank(common_passwords[at - 1]) && is_blank(common_passwords[at + wanted.size()]))
            return true;
    }
    return false;
}

} // namespace sign_in
