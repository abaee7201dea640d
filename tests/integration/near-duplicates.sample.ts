/**
 * Labelled pairs for the near-duplicates of triage, in the style of the sample process's recommendations. Each group has
 * a proposal, the same proposal as somebody else would send it (edited, reordered, shortened, reworded or drawn out), and
 * another proposal on the same matter in much the same words, which is not the same.
 * A line is `title | text`.
 */
export const GROUPS: readonly (readonly [proposal: string, same: string, other: string])[] = [
  [
    'Firewalls between clinics and immigration police | Hospitals should keep patient records on systems that immigration officers cannot open, and staff should have no duty to report anybody’s status.',
    'Keep clinic records away from immigration officers | Patient records in hospitals should be kept on systems closed to immigration officers. Hospital staff should not have to report the status of anybody.',
    'Interpreters in hospitals | Hospitals should keep a list of interpreters whom staff can call for patients who do not speak the language, and immigration officers should not be used as interpreters.',
  ],
  [
    'End the detention of children | No child should be detained because of a parent’s status. Each State would publish within a year a dated plan to close child detention places and house families in the community instead.',
    'Close all places of child detention | Within twelve months every State publishes a plan, with dates, to close places where children are detained for a parent’s status; families are housed in the community.',
    'Hearing before detention | No adult should be detained because of his or her status without a hearing before a judge. Each State would publish within a year how many people it detains and for how long.',
  ],
  [
    'School within thirty days | Migrant children should be enrolled in school within thirty days of arrival. Missing vaccination cards and transcripts can be sorted out afterwards.',
    'Enrol children within a month of arrival | Let every migrant child go to school no later than thirty days after arriving; papers that are missing, such as transcripts or vaccination cards, follow later.',
    'Recognise school certificates | Transcripts and certificates that migrant children bring from school should be recognised within thirty days, so that they enter the right grade.',
  ],
  [
    'Municipal welcome desks | A single counter in each large town, staffed by people who once were newcomers, should answer questions on rent, schooling, tax and health. The treasury meets half of the cost.',
    'One counter for newcomers in every city | Each large town opens a single counter where former newcomers answer questions on health, tax, schooling and rent. National treasuries pay half of the cost.',
    'City housing funds | Each large town that receives newcomers should have a fund for rent deposits. The treasury meets half of the cost, and the town publishes how many families were housed.',
  ],
  [
    'Comparable records of hate crime | Police forces in a region should agree on a short common record of hate crimes: the motive, the place, the injury and the outcome in court, published every second year.',
    'A common form for recording hate crimes | So that figures can be compared, police of a region use one short record of each hate crime with its motive, place, injury and outcome in court, and publish them every other year.',
    'Training of police on hate crime | Police forces in a region should train officers to recognise hate crimes and to speak with victims, and publish every second year how many were trained.',
  ],
  [
    'Seasonal permits that allow return | Seasonal workers overstay where leaving means never coming back. Issue permits for several seasons, with re-entry guaranteed to whoever left on time.',
    'Permits for several seasons | Give seasonal workers a permit that is valid for several seasons and guarantees re-entry to those who leave on time; without it they overstay because they could not come back.',
    'Pay of seasonal workers | Seasonal workers are to be paid every week into an account of their own, and the pay of the last season is to be settled before they leave on time.',
  ],
  [
    'Family reunification in six months | Decide on complete applications of spouses and children within six months, and give written reasons for each refusal.',
    'Six months for family reunion | Complete applications for family reunification by spouses and children are decided in no more than six months; a refusal comes with reasons in writing.',
    'Fees for family reunification | Fees for applications of spouses and children should not be higher than they cost the State, and are returned with written reasons after each refusal.',
  ],
  [
    'A public catalogue of pathways | The United Nations network would keep a public catalogue of every open pathway, with its conditions, its fees and the time a decision takes.',
    'List all regular pathways in one place | A catalogue that is open to the public, kept by the United Nations network, lists each regular pathway that is open with its fees, its conditions and how long a decision takes.',
    'New pathways for climate | The United Nations network would advise States that open a pathway for people displaced by drought, with conditions and fees that poor households can meet.',
  ],
  [
    'A start-up fund for capacity | Least developed States cannot wait for a five-year budget. Open a window of the capacity-building fund that answers requests within ninety days.',
    'Answer requests for capacity-building within ninety days | The capacity-building fund needs a window for least developed States that decides on requests in ninety days, because they cannot wait for a budget of five years.',
    'Report on the capacity fund | The capacity-building fund should report every five years on how requests of least developed States were answered and what they built with the money.',
  ],
  [
    'Cities at the review table | Local authorities receive most migrants and sit in no review. Reserve seats and speaking time for them in each follow-up meeting.',
    'Seats for local authorities in reviews | In every follow-up meeting, seats and speaking time are to be reserved for local authorities: they receive most of the migrants and are in none of the reviews.',
    'Cities lend staff to cities | Local authorities that receive many migrants should lend experienced staff to others for some months, and meet once a year to share what they learned.',
  ],
  [
    'Lower the cost of remittances | Bring the cost of sending two hundred dollars below three per cent by 2025, with published comparisons of fees and licences for mobile operators.',
    'Remittances below three per cent | By 2025 nobody should pay more than three per cent for sending two hundred dollars. Publish comparisons of fees and license operators of mobile transfers.',
    'Accounts for remittances | Families who receive remittances should be offered savings accounts without fees, with licences for mobile operators to open them in villages.',
  ],
  [
    'Diaspora bonds with small shares | Issue diaspora bonds in shares of fifty dollars, with plain terms in the languages of the diaspora, for clinics and schools that buyers can visit.',
    'Small bonds for the diaspora | Governments sell bonds to their diaspora in shares of fifty dollars for schools and clinics; the terms are plain and in the languages that the diaspora speaks.',
    'Diaspora councils | Set up councils of the diaspora that advise on clinics and schools at home, elected in the countries where the diaspora lives, with minutes in its languages.',
  ],
  [
    'Portable pensions | Workers who paid into a pension abroad should be able to draw it at home. Neighbouring States sign agreements that add up the years worked in each.',
    'Let workers take their pensions home | Agreements between neighbouring States should add up years of work in each, so that whoever paid into a pension abroad draws it at home.',
    'Health cover across the border | Workers who live at home and work abroad should be covered by the health insurance of one of the neighbouring States, as agreements between them say.',
  ],
  [
    'Early warning of drought | Link drought forecasts to cash for herders before animals die, so that households can stay, with triggers agreed in advance by region.',
    'Cash to herders when drought is forecast | Before animals die, herders should get cash as soon as a forecast of drought passes triggers that the region agreed on in advance; then households can stay.',
    'Corridors for herders | Agree by region on corridors that herders and their animals may use across borders in years of drought, with wells and veterinary posts on the way.',
  ],
  [
    'Jobs for young people where they live | Training without jobs drives the young away. Tie each training place to a contract with a firm in the district for at least six months.',
    'Training places that come with a contract | Each training place should be tied to a contract of six months or more with a firm of the district, since the young leave where training leads to no jobs.',
    'Loans for young firms | The young leave where no firm can grow. Give firms that people under thirty found in the district a loan for six months without interest.',
  ],
  [
    'Trafficking: time to recover | Victims of trafficking get ninety days to recover and to decide, with shelter and counsel, before they are asked to testify; no removal during that time.',
    'Ninety days of recovery for victims | Before victims of trafficking are asked to testify they have ninety days, with counsel and shelter, to recover and to decide. Nobody is removed meanwhile.',
    'Trafficking: confiscated profits | Profits of trafficking that courts confiscate should go to victims within ninety days, before fines are paid, and their counsel should be heard.',
  ],
  [
    'Joint investigation of smugglers | Prosecutors of States along a route should form joint teams against smuggling networks, share evidence in days and not months, and never charge those smuggled.',
    'Joint teams of prosecutors against smugglers | States along a smuggling route form joint teams of their prosecutors that share evidence within days instead of months; people who were smuggled are never charged.',
    'Rescue on smuggling routes | States along a desert route should form joint rescue teams that search for people whom smugglers left, share positions within hours, and never charge those who help.',
  ],
  [
    'Recruitment without fees | No worker should pay for a job. Employers pay recruiters, recruiters are licensed, and whoever charged a worker pays back the double.',
    'Employers pay for recruitment | Recruiters need a licence and are paid by employers, never by the worker; whoever charges a worker for a job pays the double back.',
    'Contracts in a language one reads | No worker should sign a contract for a job in a language he or she does not read. Recruiters who are licensed keep a copy for the labour inspector.',
  ],
  [
    'Passports stay with their owners | Make it an offence for employers to keep passports of domestic workers, with a telephone line to report it and return of the passport in a day.',
    'Employers may not keep passports | Keeping a domestic worker’s passport should be an offence for the employer. A telephone line takes reports, and the passport is back within a day.',
    'Days off for domestic workers | Domestic workers have a full day off each week outside of the employer’s house, with a telephone line to report when it is refused.',
  ],
  [
    'Change of employer | Tie permits to a sector and not to one employer, so that a worker who is abused can change within sixty days without losing status.',
    'Permits tied to a sector, not an employer | A worker who is abused should be able to change employer in sixty days and keep his or her status: tie the permit to the sector.',
    'Labour inspectors by sector | Hire labour inspectors for each sector where workers are abused, who visit employers without notice and speak with workers within sixty days of a complaint.',
  ],
  [
    'Count the dead | Each State along a route should record every migrant who dies, take samples for identification and tell families through the Red Cross.',
    'Record and identify migrants who die | States along migration routes record each death, take samples so that the dead can be identified, and tell the families through the Red Cross.',
    'Search for the missing | Families should be able to report a missing migrant at any consulate along a route, and the Red Cross should be told whenever somebody is found alive.',
  ],
  [
    'Consular help in every region | Migrants far from a capital never meet a consul. Let consulates of several States share mobile teams that visit each region twice a year.',
    'Mobile consulates shared by several States | Several States share mobile consular teams that visit each region two times a year, since migrants far from the capital never meet a consul.',
    'Consular fees | Migrants should pay no more for a passport at a consulate than citizens pay in the capital, and consulates should publish fees twice a year.',
  ],
  [
    'Birth certificates for all | Register every birth, whatever the papers of the parents, without fee and within the first year, so that no child is stateless.',
    'Register each birth whatever the parents’ papers | No child should be stateless: births are registered in the first year, free of any fee, even if parents have no papers.',
    'Nationality through mothers | Let mothers pass nationality to every child as fathers do, whatever the papers of the parents, so that no child is stateless.',
  ],
  [
    'Skills passports | Give workers a skills passport, signed by employers, that lists what they can do and is recognised in all States of the region.',
    'A passport of skills for the region | Workers carry a passport of their skills which employers sign; it lists what the worker can do and all States of the region recognise it.',
    'Training for returning workers | Give workers who return courses that build on what they learned abroad, paid by employers in the region who look for such skills.',
  ],
  [
    'Recognise nurses’ diplomas | Decide within four months whether a nurse’s diploma is recognised, and offer the missing modules in place of a refusal.',
    'Four months to recognise a nurse’s diploma | Whether the diploma of a nurse is recognised should be decided in four months; if modules are missing they are offered, and nobody is refused for them.',
    'Ethical recruitment of nurses | States that recruit nurses abroad should pay for the training of as many nurses at home, and report every four months where they came from.',
  ],
  [
    'Data protection at borders | Fingerprints taken at borders are deleted after two years, used for no other purpose, and an independent office checks it each year.',
    'Delete fingerprints after two years | Border fingerprints should be deleted after two years and serve no other purpose. An independent office should check this every year.',
    'Faster checks at borders | Border posts should use fingerprints only where papers are in doubt, so that travellers wait less, and publish waiting times every year.',
  ],
  [
    'Independent monitoring of borders | An independent body with access at any time should monitor borders, publish its findings each quarter and hear complaints of people turned back.',
    'An independent body that watches borders | Set up a body, independent and with access at all times, that monitors what happens at borders, hears complaints of people turned back and publishes findings every quarter.',
    'Trade posts at borders | Small traders who cross borders daily need posts with published tariffs, open at all times, and a body that hears complaints about bribes each quarter.',
  ],
  [
    'Alternatives to detention first | Before detaining anybody, officials must try reporting duties, a guarantor or a case worker, and write down why each would fail.',
    'Try alternatives before detention | Officials who want to detain somebody must first try a case worker, a guarantor or duties to report, and give in writing the reason why each of them would fail.',
    'Visits in detention | Lawyers, doctors and family may visit anybody in detention daily; officials write down each refusal with the reason, and a case worker helps to appeal.',
  ],
  [
    'Safe return only | Nobody is returned without an individual decision that can be appealed, travel papers in his or her own name, and a contact on arrival.',
    'Returns with an individual decision and an appeal | A person is returned only after an individual decision with appeal, with travel papers in the own name and a contact at the place of arrival.',
    'Grants after return | Whoever returns gets a grant on arrival, in his or her own name, to start a trade, and a contact who visits twice in the first year.',
  ],
  [
    'Reintegration with communities | Reintegration money should go to whole communities and not to single returnees: wells, workshops and schools that all may use.',
    'Spend reintegration money on communities | Wells, schools and workshops for all: money for reintegration should benefit the whole community and not only those who return.',
    'Reintegration: mental health | Returnees need counsellors in their communities: reintegration money should train teachers and nurses to see who needs help.',
  ],
  [
    'Language courses for all | Offer three hundred hours of language courses to every newcomer, in the evening and with child care, whatever the permit.',
    'Free language courses for every newcomer | Whatever permit newcomers have, they get a language course of three hundred hours with child care, also in the evening.',
    'Mother-tongue classes | Offer children of newcomers classes in the language of their parents, two hours a week after school, with teachers whom the community proposes.',
  ],
  [
    'Vote in local elections | Let residents of five years vote in local elections whatever their nationality, and tell them of it in their language.',
    'Local vote after five years of residence | Residents should vote in local elections after five years, of whatever nationality they are, and hear about it in their own language.',
    'Councils of foreign residents | Let foreign residents elect a council that the town must hear before decisions on housing and schools, with minutes in their languages.',
  ],
  [
    'Media guidelines | Journalists and migrants should write guidelines together on how to report about migration, and press councils should hear complaints.',
    'Guidelines on reporting about migration | Press councils hear complaints under guidelines, written by migrants together with journalists, for reporting on migration.',
    'Scholarships for migrant journalists | Newspapers and press councils should pay for training places, so that migrants become journalists who report on all matters.',
  ],
  [
    'A global data programme | Count migrants in the same way everywhere: add three common questions to each census and publish results by age and sex.',
    'Three common census questions on migration | Every census should ask the same three questions on migration, and publish the results by sex and age, so that migrants are counted alike everywhere.',
    'A survey of migration costs | Ask workers everywhere the same ten questions on what migration cost them, and publish results by corridor and sex.',
  ],
  [
    'Regional observatories | Let each region keep an observatory of migration with open methods, which shares data with statistical offices and publishes a report each year.',
    'An observatory in each region | Every region should have a migration observatory whose methods are open, that publishes each year and shares its data with statistical offices.',
    'Regional courts of appeal | Let each region keep a court that hears appeals in migration cases after national courts, with open hearings and a report each year.',
  ],
  [
    'Climate permits | People whose land was lost to the sea should get permits to settle in a neighbouring State, in groups, with schools in their language.',
    'Permits to settle for people who lost land to the sea | Neighbouring States give permits to groups whose land the sea has taken, to settle together and to have schools in their own language.',
    'Sea walls before relocation | Before land is lost to the sea, neighbouring States should help pay for walls and mangroves, so that people can stay where their schools are.',
  ],
  [
    'Planned relocation with consent | Villages that must move choose the place, keep their title to the old land and stay together; nobody moves before houses stand.',
    'Relocate villages only with their consent | A village that has to move stays together, chooses where to, keeps the title to its old land, and moves when the houses stand.',
    'Land titles for women | Women in villages that receive land under a plan should hold the title together with their husbands, and keep it when they divorce.',
  ],
  [
    'Hotlines in ports | Seafarers who were not paid need a number to call in each port, in their language, and a lawyer within two days.',
    'A telephone number for unpaid seafarers | In every port, seafarers who got no pay should find a number to call in their own language, and have a lawyer in two days.',
    'Shore leave for seafarers | Seafarers need leave to go ashore in each port without a visa, with a bus to town and a place to call home.',
  ],
  [
    'Legal aid at first instance | Pay for a lawyer from the first interview on, not from the appeal: early advice makes decisions better and shorter.',
    'Lawyers from the first interview | Legal aid should begin with the first interview and not with the appeal, because advice early on makes decisions shorter and better.',
    'Recorded interviews | Record the first interview and give a copy to the lawyer before the appeal, so that decisions rest on what was said.',
  ],
  [
    'Guardians for unaccompanied children | Each unaccompanied child gets a guardian within forty-eight hours, who has no more than fifteen wards and no tie to the immigration service.',
    'A guardian within two days | Within 48 hours every unaccompanied child should have a guardian with at most fifteen wards who is independent of the immigration service.',
    'Age assessment | The age of an unaccompanied child is assessed by doctors with no tie to the immigration service, and in doubt the child is believed within forty-eight hours.',
  ],
  [
    'Foster families | Place unaccompanied children with foster families in place of hostels, chosen with the child’s wishes and visited each month.',
    'Foster families in place of hostels for children | Unaccompanied children should live in foster families and not in hostels; the child’s wishes count and somebody visits every month.',
    'After eighteen | Young people who came as unaccompanied children keep housing and a mentor until they are twenty-one, visited each month.',
  ],
  [
    'Health cards | Give each newcomer a health card on arrival that is valid at any clinic, whatever the status, and paid by a common fund.',
    'A health card valid at every clinic | On arrival every newcomer gets a health card, paid from a common fund and accepted in any clinic whatever the status is.',
    'Vaccination on the way | Clinics on the way should offer vaccination to each child, whatever the status, with a card that is valid at arrival.',
  ],
  [
    'Maternity care without bills | Care before, during and after birth should be free for every woman whatever her status, and no bill should be shown to the immigration service.',
    'Free maternity care | Whatever a woman’s status, care at birth and before and after it is free, and the immigration service sees no bill.',
    'Midwives from the diaspora | Train women of the diaspora as midwives who care for mothers in their language, and recognise what they learned before.',
  ],
  [
    'Digital wage slips | Employers should pay wages into accounts and send a digital wage slip each month that labour inspectors can check.',
    'Wages into accounts, with a digital slip | Each month employers pay wages into an account and send a digital slip of it, which labour inspectors are able to check.',
    'Wage courts | Courts for wages should hear cases of migrants each month, by video if they have left, and labour inspectors should bring evidence.',
  ],
  [
    'Complaints across borders | A worker who went home should be able to complain of unpaid wages at the consulate, and the labour court must hear it by video.',
    'Hear wage complaints of workers who went home | After going home, workers can file a complaint about unpaid wages at a consulate; the labour court has to hear them by video.',
    'Wage guarantee fund | A fund that employers pay into should pay wages of three months to workers whose employer is bankrupt, also when they went home.',
  ],
  [
    'Housing standards on farms | Inspect the housing of farm workers before each season: a bed, a lock, clean water and no more than four to a room.',
    'Inspect farm workers’ rooms before the season | Before the season begins, inspectors check where farm workers live: no more than four to a room, clean water, a lock and a bed for each.',
    'Heat rules on farms | Farm workers rest in the shade with clean water when it is hotter than thirty-five degrees, and inspectors check it in each season.',
  ],
  [
    'Student work permits | Let foreign students stay for two years after graduation to look for work, in any field, without a labour market test.',
    'Two years for graduates to look for work | After graduation foreign students may stay two years and look for work in any field; there is no labour market test.',
    'Student fees | Let foreign students from least developed States pay the fees that residents pay, in any field, for the first two years.',
  ],
  [
    'Circular migration of teachers | Let teachers of the diaspora spend a year at schools at home with their post and pension abroad kept for them.',
    'A year at home for teachers of the diaspora | Diaspora teachers should be able to teach for a year at schools at home, while their post and their pension abroad are kept.',
    'Online lessons by the diaspora | Let teachers of the diaspora give lessons online to schools at home, with computers that firms abroad no longer need.',
  ],
  [
    'Visa decisions online | Publish for each visa the papers that are asked, the fee and the median time of a decision, and let people follow their case online.',
    'Follow a visa application online | For every visa the fee, the papers asked and the median time until a decision should be public, and applicants should follow their case online.',
    'Visas for artists | Make a visa for artists and athletes that is decided in ten days, with one paper from the host, and good for several visits.',
  ],
  [
    'Free movement in the region | States of the region should drop visas among each other for ninety days and recognise each other’s identity cards.',
    'Ninety days without a visa in the region | Among themselves, States in the region drop visas for stays up to ninety days and accept each other’s identity cards.',
    'Identity cards for residents | States of the region should give foreign residents an identity card after ninety days, which banks and schools recognise.',
  ],
  [
    'Regularisation after five years | People who lived and worked in a country for five years without papers should be able to apply once for a permit, with proof from neighbours and employers.',
    'A permit after five years without papers | Whoever has lived and worked in the country five years without papers may apply for a permit one time; employers and neighbours can prove it.',
    'Exit without penalty | People without papers who wish to leave should be able to do so without a fine or a ban, once, with proof of the journey.',
  ],
  [
    'No penalty for rescue | Nobody should be punished for rescuing people at sea or giving them food and shelter; the law should say so in plain words.',
    'Rescue and help are no crime | The law should say plainly that giving shelter or food, or saving people at sea, is never to be punished.',
    'Places of safety | Ships that rescue people at sea need a port within three days; States on the coast should agree in plain words who opens one.',
  ],
  [
    'A peer review every four years | Each State presents what it has done every four years, two others review it, and a plan with dates follows within six months.',
    'States review each other every four years | In a review every fourth year a State says what it has done; two other States look at it, and within six months there is a plan with dates.',
    'A forum for civil society | Every four years civil society presents to States what it has seen, and States answer in writing within six months.',
  ],
  [
    'Indicators by 2020 | A group of statisticians should propose forty indicators by 2020, each with a source that exists, so that progress can be seen.',
    'Forty indicators from sources that exist | By 2020 statisticians propose indicators, forty of them and each from an existing source, to see the progress that is made.',
    'National action plans | Each State should write a national plan by 2020 with forty steps at most, each with a ministry that answers for progress.',
  ],
  [
    'Migrants on advisory boards | Half of the seats on boards that advise on integration should go to migrants, chosen by their associations, with travel paid.',
    'Half the seats for migrants | Integration boards give half of their seats to migrants whom migrant associations choose, and pay for travel.',
    'Grants for associations | Associations of migrants should get grants for three years in place of one, chosen by boards on which donors have half of the seats.',
  ],
  [
    'Sport clubs as meeting places | Pay the fees of newcomers in sport clubs for a year; teams that mix old and new neighbours do more than lectures.',
    'A free year in a sport club for newcomers | Newcomers’ club fees should be paid for one year: mixed teams of old and new neighbours achieve more than any lecture.',
    'Swimming lessons | Pay for swimming lessons of children who came over the sea, with teachers of both sexes, in pools near where they live.',
  ],
  [
    'Neighbour pairs | Pair households that live here for long with newly arrived families for a year, a meal a month, with one coordinator per town.',
    'Pair families with new neighbours | For one year, a household of long standing and a newly arrived family share a meal every month; each town has a coordinator.',
    'Mediators in blocks of flats | Train households that live here for long as mediators in blocks where neighbours quarrel, with one coordinator per town.',
  ],
  [
    'Rural doctors | Let foreign doctors work in rural clinics under supervision while their diploma is examined, and count that year for the examination.',
    'Supervised work in rural clinics for foreign doctors | While their diplomas are examined, foreign doctors may work under supervision in rural clinics; the year counts for the examination.',
    'Telemedicine for rural clinics | Let doctors of the diaspora advise rural clinics by video, with supervision by the ministry and a year of paid time.',
  ],
  [
    'Women’s shelters for all | Shelters for women who flee violence take them whatever their status, and a permit does not end with the marriage.',
    'Open women’s shelters whatever the status | Whatever status a woman has, shelters take her when she flees violence; her permit stays when the marriage ends.',
    'Women judges | Courts that hear women who flee violence should have women judges and interpreters, and should close hearings on request.',
  ],
  [
    'Bank accounts for refugees and migrants | Banks should open a basic account with any identity paper, also an expired one, and regulators should publish who refuses.',
    'A basic account with any paper | Any identity paper, even if expired, should do to open a basic bank account; regulators publish which banks refuse.',
    'Credit history across borders | Banks should accept the credit history of another country when migrants ask for a loan, and regulators should publish how.',
  ],
  [
    'Transit without smugglers | Give humanitarian visas at embassies in neighbouring countries, so that people in danger need no smuggler to ask for protection.',
    'Humanitarian visas at embassies | People in danger should get a humanitarian visa at the embassy in a neighbouring country; then they need no smugglers to seek protection.',
    'Sponsorship by citizens | Let groups of citizens sponsor people in danger whom embassies in neighbouring countries propose, and house them for a year.',
  ],
  [
    'Campaigns that tell the truth | Information campaigns on the dangers of routes should be made with people who came back, and also tell which legal ways are open.',
    'Let returnees tell of the dangers | Campaigns about dangerous routes should be made together with people who came back, and name the legal ways that are open.',
    'Radio for the road | Radio stations along routes should tell where water, clinics and shelters are, in the languages of people on the way.',
  ],
];
