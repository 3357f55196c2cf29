/* date_names.c - the names of months and weekdays, whole or cut. */
#include <string.h>
#include "base/date_parts.h"

/* Twelve groups of names in lower case; "*" stands for any ending.  A name may be cut to three letters
 * or more: the first that fits wins, full names before cut ones. */
static const char *const months[12] = {
    "january januar janvier enero gennaio janeiro januari stycznia styczeń ledna leden января январь januára ocak tammikuu* január "
    "jänner jän janv ene gen január січня ianuarie ιανουαρίου siječnja gener يناير ינואר",
    "february februar février febrero febbraio fevereiro februari lutego luty února únor февраля февраль şubat helmikuu* február "
    "feber fevrier févr fev лютого februarie φεβρουαρίου veljače febrer فبراير פברואר subat",
    "march märz mars marzo março maart marca marzec března březen марта март mart maaliskuu* március marts mrz maerz marco mrt "
    "березня martie μαρτίου ožujka març مارس מרץ",
    "april avril abril aprile kwietnia kwiecień dubna duben апреля апрель nisan huhtikuu* április квітня aprilie απριλίου travnja "
    "أبريل אפריל",
    "may mai mayo maggio maio mei maja maj května květen мая май mayıs toukokuu* május травня μαΐου svibnja maig مايو מאי mayis",
    "june juni juin junio giugno junho czerwca czerwiec června červen июня июнь haziran kesäkuu* június червня iunie ιουνίου "
    "juny يونيو יוני",
    "july juli juillet julio luglio julho lipca lipiec července červenec июля июль temmuz heinäkuu* július липня iulie ιουλίου "
    "juliol يوليو יולי",
    "august août agosto augustus sierpnia sierpień srpna srpen августа август ağustos elokuu* augusztus augusti aout серпня "
    "αυγούστου kolovoza agost أغسطس אוגוסט agustos",
    "september septembre septiembre settembre setembro września wrzesień září сентября сентябрь eylül syyskuu* szeptember sept set "
    "setiembre вересня septembrie σεπτεμβρίου rujna setembre سبتمبر ספטמבר eylul",
    "october oktober octobre octubre ottobre outubro października październik října říjen октября октябрь ekim lokakuu* október "
    "жовтня octombrie οκτωβρίου أكتوبر אוקטובר",
    "november novembre noviembre novembro listopada listopad listopadu ноября ноябрь kasım marraskuu* листопада noiembrie νοεμβρίου "
    "studenoga نوفمبر נובמבר kasim",
    "december dezember décembre diciembre dicembre dezembro grudnia grudzień prosince prosinec декабря декабрь aralık joulukuu* "
    "desember decembre грудня decembrie δεκεμβρίου prosinca desembre ديسمبر דצמבר aralik",
};

enum { MIN_CUT = 3 };

bool ofp_date_take_letters(ofp_str s, size_t *at, date_word *out)
{
    out->n = 0;
    while (*at < s.n) {
        size_t next = *at;
        uint32_t cp = ofp_utf8_next(s, &next);
        if (!ofp_is_letter(cp)) break;
        if (out->n == MAX_NAME) return false;
        out->cp[out->n++] = ofp_to_lower(cp);
        *at = next;
    }
    return out->n > 0;
}

enum match { NO, CUT, FULL };

static enum match match_name(const date_word *w, ofp_str entry)
{
    size_t i = 0, k = 0;
    while (i < entry.n) {
        uint32_t cp = ofp_utf8_next(entry, &i);
        if (cp == '*') return FULL;
        if (k == w->n) return k >= MIN_CUT ? CUT : NO;
        if (cp != w->cp[k++]) return NO;
    }
    return k == w->n ? FULL : NO;
}

/* What no name begins with is searched for first, since few words are months. */
int ofp_date_month_of(const date_word *w)
{
    char begins[4 * MIN_CUT + 1] = "";
    int cut = 0;
    if (w->n < MIN_CUT) return 0;
    for (size_t i = 0, n = 0; i < MIN_CUT; i++) n += ofp_utf8_put(w->cp[i], begins + n);
    for (int m = 0; m < 12; m++) {
        ofp_str rest = ofp_s(strstr(months[m], begins) ? months[m] : ""), entry;
        while (ofp_str_split(&rest, ' ', &entry)) {
            enum match r = match_name(w, entry);
            if (r == FULL) return m + 1;
            if (r == CUT && !cut) cut = m + 1;
        }
    }
    return cut;
}

/* Weekdays, cut as months are. */
static const char *const weekdays =
    "monday tuesday wednesday thursday friday saturday sunday tues thurs montag dienstag mittwoch donnerstag freitag samstag sonnabend "
    "sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì "
    "mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira maandag dinsdag woensdag donderdag vrijdag zaterdag "
    "zondag poniedziałek wtorek środa czwartek piątek sobota niedziela понедельник вторник среда четверг пятница суббота воскресенье "
    "pondělí úterý středa čtvrtek pátek neděle måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag pazartesi "
    "salı çarşamba perşembe cuma cumartesi pazar maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai hétfő kedd szerda "
    "csütörtök péntek szombat vasárnap mo di mi do fr sa so пн вт ср чт пт сб вс";

bool ofp_date_is_weekday(const date_word *w)
{
    ofp_str rest = ofp_s(weekdays), entry;
    while (ofp_str_split(&rest, ' ', &entry))
        if (match_name(w, entry) != NO) return true;
    return false;
}
