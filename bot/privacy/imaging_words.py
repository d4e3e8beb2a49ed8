"""Words of imaging and its machines: carets and capitals beside them name a protocol, a code or a product."""

from bot.privacy.wordlists import words

IMAGING = words(
    """
    abd abdomen abdominal abdo achilles acr acute adc add adrenal ae after angio angiogram angiography ankle ankles aorta
    aortic ap appendix arm arterial artery ascites auto axial axilla barium base bi bilateral biliary biopsy bladder blood body
    bolus bone bony bowel brachial brain breast bronchus ca calcium calf cardiac cardio carotid cect cerebral cervical cervix
    chest clavicle clip cn coccyx code coil colon colonography combo complete contrast coronal coronary cr cranial cranium
    cspine ct cta ctp cva dbt dcm defecography delay delayed dental dexa dictionary diffusion digit doppler dose dual dwi dx
    dynamic echo ecg eeg elbow elbows emergency enema enhanced enterography epi extremity extremities eye face facial fast fat
    feet femoral femur fetal fibula finger fingers first flair flow fluoro fluoroscopy foot forearm fracture frontal fusion
    gall gallbladder gated gastric general gi gre guided hand hands haste head heart hepatic high hip hips hr hrct hsg humerus
    iac ii iii implant infant inj injection intra invasive iv ivp ivu joint kidney kidneys km knee knees kub lab lat lateral
    left leg legs level ligament limb limbs limited liver ln local localizer loc long low lower ltd lumbar lung lungs lspine
    mammo mammogram mammography mandible mastoid max maxilla mediastinum mg mip mm mobile modality mpr mprage mr mra mrcp mri mrv
    mult multi multiphase multiple myelogram nasal native neck nerve neuro nm non nuclear nuc ob obl oblique obstetric
    op optic orbit orbits ortho ot ovary pa paed paeds pancreas panorex parathyroid paranasal parotid patella pe ped pediatric
    pelvic pelvis penis perfusion pet petct phantom phase pituitary plain portable portal pons post posterior pre pregnancy
    preliminary procedure prostate protocol px pulm pulmonary qc qa qap radius rad radlex radiology recon rectal rectum renal
    report resp result rf rib ribs right routine run runoff sacral sacrum sag sagittal scan scaphoid scapula scout screen
    screening scrotum sct sella series shoulder shoulders shunt si sinus sinuses skull small snomed soft spect spine spiral
    spleen spot sr std stereo sternum stomach store stress stroke study sub swallow tap testis tfe thigh thin thoracic thorax
    thumb thyroid tibia tiss tissue toe toes tomo tomosynthesis total trauma tse tspine ultrasound unilateral upper ureter urogram
    us usg uterus utero vaginal vascular vein veins venogram venous vertebra view views vol volume w wo wrist wrists with
    without xa xr xray
    abdomens becken brustkorb hals hufte knie kopf lunge nativ schadel schulter thoraxes wirbelsaule abdominale cerebrale crane
    genou poumon rachis cabeza rodilla torax columna addome torace buik hoofd bassin
    pi an mpi empi ris pacs his cis vna epic cerner fac dept fn sn xx eipacs router archive gateway broker engine
    loinc cpt icd icpc mllp orm oru adt siu omi oml mdm ack nak dft bar mfn qry rde ras vxu zds
    """
)

# What fills a name's place where no name is given.
PLACEHOLDERS = words(
    """
    anon anonym anonymous anonymised anonymized anonymize blank deidentified de-identified demo dicom dummy empty example fake
    family familyname field first firstname forename given givenname hidden identity initial last lastname masked middle
    middlename missing name names nobody none not null nn obscured omitted patient pattern person phantom placeholder prefix
    redacted removed replaced sample secret suffix surname synthetic test tester testing tests testpatient ctrl alt foo bar month day year hour date time stat priority component type number text string left right title tst unknown
    value values withheld xxx xxxx yyy zz zztest zzz zzzz
    """
)
