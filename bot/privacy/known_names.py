"""Frequent given names and surnames of the locales, without accents: they tell a name from any other words.

A name that is also a common word of English or of imaging is left out.
"""

from bot.privacy.wordlists import words

GIVEN = words(
    """
    aaron abdul abigail adam adele agnes ahmed aidan aisha alan albert alberto alejandro alessandro alex alexander alexandra
    alfred ali alice alicia alison amanda amelia amy ana anders andrea andreas andrew angela angelika anita anja ann anna anne
    anneke annette annie anthony antje anton antonio arthur ashley astrid audrey barbara beate beatrice ben benedict benjamin
    bernadette bernard bernd bertha betty beverley birgit bjorn brenda brian bridget bruno camille carl carla carlos carmen
    carol caroline catherine cecilia charles charlotte chiara chloe chris christa christian christina christine christopher
    ciara claire clara claudia clive colin connor craig cristina daniel daniela danielle darren david deborah debra declan
    denise dennis derek diana diane dieter dietmar dirk dolores dominic donald donna doris dorothy douglas duncan edith eduardo
    edward edwin eileen elaine eleanor elena elisabeth elise elizabeth ella ellen elsa emilia emily emma enrique eric erik erika
    erin ernest ernst esther ethan eugene eva evelyn fatima felix ferdinand fernando fiona florence frances francesca francesco
    francisco francois frank franz fred frederick frieda friedrich fritz gabriel gabriele gareth gary gavin geoffrey george
    georg georgina gerald gerard gerda gerhard gertrud giovanni gisela giulia giuseppe gladys gordon graham greg gregory greta
    guillermo gunter gustav hamish hanna hannah hans harold harriet harry hassan hector heidi heike heinrich heinz helen helena
    helga helmut henri henrik henry herbert hermann hilda hildegard holger horst howard hubert hugh hugo ian ibrahim ida ilse
    imran ines inge ingrid irene iris isaac isabel isabella isla ivan jacek jack jackie jacob jacqueline jacques jakob jamal
    james jan jana jane janet janice jason jasmine javier jean jeanne jeff jeffrey jennifer jenny jens jeremy jessica jill jim
    joan joanna joanne joao joe joel johan johann johannes john jolanda jonathan jordan jorge jose josef joseph josephine
    joshua joyce juan judith judy julia julian julie juliet jurgen justin jutta karen karin karl karsten kate katharina
    katherine kathleen kathryn katja katrin keith kelly ken kenneth kerry kevin kieran kirsten klaus konrad kristin kurt kyle
    lars laura lauren laurent lawrence leah lena leo leon leonard leonardo leroy lesley leslie liam liesbeth lillian linda
    lisa liz lorenzo lorna lorraine louis louise lucas lucia lucy ludwig luigi luis luke lydia lynn magdalena maggie malcolm
    manfred manuel manuela marcel marco marcus margaret margarethe margot maria marie marilyn mario marion marjorie markus marlene
    marta martha martin martina mary mathilde matteo matthew matthias maureen maurice max maximilian megan melanie melissa
    mervyn mia michael michel michele michelle miguel mildred miriam mohamed mohammad mohammed moira molly monica monika morag
    muhammad muriel nadia nadine nancy naomi natalia natalie natasha nathan neil niall nicholas nicola nicolas nicole nigel
    nina noah nora norma norman olga oliver olivia olwen omar oscar otto pablo pamela paolo patricia patrick paul paula pauline
    pedro peggy penelope peter petra phil philip philippa phillip phyllis pierre pietro pilar priya rachel rafael rainer ralf
    ralph ramon raul raymond rebecca renate rhona rhys ricardo richard rita robert roberto robin roderick rodney roger roland
    rolf ronald rosa rosalind rosario rosemary rowena roy rudolf rupert russell ruth ryan sabine sally sam samantha samuel sandra
    sara sarah saskia scott sean sebastian seamus sergio sharon sheila shirley sian siegfried sigrid silvia simon simone siobhan
    sofia sonia sonja sophia sophie stanley stefan stefanie stella stephanie stephen steve steven stuart susan susanne suzanne
    sven sybil sylvia tania tanja tanya tara teresa terence terry thea theodore theresa thomas tim timothy tobias tom tony tracy
    trevor ulrich ulrike ursula uwe valerie vanessa vera verena vernon veronica victor victoria viktor vincent violet virginia
    vivian waltraud walter wanda wendy werner wilfred wilhelm willem william winifred wolfgang xavier yasmin yvonne yusuf zoe
    """
)

SURNAMES = words(
    """
    abbott adams ahmed akhtar alvarez anderson andersen andersson armstrong ashworth bailey bakker barnes bauer becker begum bennett
    berger bergmann bernard bianchi blackwood bouchard bradshaw braun brennan brown bruno burke byrne calloway cameron campbell
    carroll carter castillo chaudhry clarke colombo connolly cooper costa crawford cunningham daly davies davis diaz dixon doe
    doherty donovan doyle dubois dupont edwards egan ellis esposito evans fernandez ferrari finch fischer fitzgerald fletcher flores
    foster fournier fraser fuchs gallagher garcia gibson girard gomez gonzalez goodwin graham griffin griffiths gutierrez haas
    hamilton hansen harper harris harrison hartmann hashimoto henderson hernandez herrmann hoffmann hofmann holmes horvath howell
    hughes hussain iqbal ivanov jackson jansen jansson janssen jenkins jensen jimenez johansson johnson johnston jones joshi kaminski
    kaufmann kaur kavanagh keller kelly kennedy khan klein koch kohler kowalski kraus kruger kumar lambert larsen lefebvre
    lehmann lewandowski lopez lorenz ludwig lynch macdonald mackenzie maier marino marshall martinez mason mcallister mccarthy
    mcdonald mcgrath mclaughlin meier mendoza meyer mitchell moreau moreno morgan morris morrison mueller muller murphy murray
    nakamura navarro neumann nguyen nielsen nilsson novak nowak nunez okafor okonkwo oconnor odonnell olsen oneill ortega
    osullivan papadopoulos parker patel pedersen pereira perez peters petersen peterson petrov pfeiffer phillips popescu powell
    quinn rahman ramirez ramos reilly reynolds richards richardson richter rivera roberts robertson robinson rodriguez romano
    rossi roux rousseau ruiz russo ryan sanchez santos schafer schmid schmidt schmitt schmitz schneider scholz schroder schubert
    schulz schulze schumacher schwarz sharma shaw silva simpson singh smith smyth sommer sorensen stewart sullivan suzuki svensson
    tanaka taylor thompson thomson torres tucker turner vasquez visser vogel volkov wagner walker wallace walsh watson weber
    weiss werner whitaker whittaker wieczorek wilkinson williams williamson wilson wojcik yilmaz zhang zimmermann
    """
)

KNOWN = GIVEN | SURNAMES
